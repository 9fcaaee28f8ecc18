import { writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import {
  descriptorNumber,
  openSocketPairs,
  type SocketPair,
  type SocketPairs,
} from '../../src/testing/push/socket-pairs.ts'
import { loadNative, nativePath, type WriteAll, writeEach } from './write-all.ts'

const native = loadNative()
const ways: readonly (readonly [string, WriteAll])[] = [
  ['by means of Node', writeEach],
  // Where no compiler was found there is nothing to test; where one was, `npm run build` has said so.
  ...(native ? [['natively', native] as const] : []),
]

let sockets: SocketPairs
let pairs: readonly SocketPair[]

beforeEach(async () => {
  sockets = await openSocketPairs()
  pairs = [await sockets.accept(), await sockets.accept(), await sockets.accept()]
  for (const { theirs } of pairs) theirs.pause()
})

afterEach(() => sockets[Symbol.asyncDispose]())

function received(socket: Socket): () => string {
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  socket.resume()
  return () => text
}

describe.each(ways)('writing %s', (_, writeAll) => {
  test('gives the same bytes to all, and passes over what has no descriptor', async () => {
    const texts = pairs.map(({ theirs }) => received(theirs))
    const taken = new Int32Array(4)
    const descriptors = pairs.map(({ ours }) => descriptorNumber(ours))
    expect(writeAll(Int32Array.of(...descriptors.slice(0, 2), -1), Buffer.from('gate B12'), taken)).toBe(1)
    expect([...taken]).toEqual([8, 8, 0, 0])
    await eventually(() => texts[0]?.() === 'gate B12' && texts[1]?.() === 'gate B12')
    expect(texts[2]?.()).toBe('')
  })

  test('takes what a full socket takes, then nothing, and waits for nobody', () => {
    const [pair] = pairs
    if (!pair) throw new Error('no sockets')
    const taken = new Int32Array(1)
    const bytes = Buffer.alloc(1024 * 1024)
    const amounts = Array.from({ length: 20 }, () => {
      writeAll(Int32Array.of(descriptorNumber(pair.ours)), bytes, taken)
      return taken[0]
    })
    expect(amounts[0]).toBeGreaterThan(0)
    expect(amounts.at(-1)).toBe(0)
  })

  test('takes nothing on a socket whose other end is gone, and goes on with the next', async () => {
    const [gone, there] = pairs
    if (!gone || !there) throw new Error('no sockets')
    const text = received(there.theirs)
    const descriptor = descriptorNumber(gone.ours)
    gone.theirs.resetAndDestroy()
    await eventually(() => gone.ours.destroyed || gone.ours.readyState !== 'open')
    const taken = new Int32Array(2)
    writeAll(
      Int32Array.of(gone.ours.destroyed ? -1 : descriptor, descriptorNumber(there.ours)),
      Buffer.from('x'),
      taken,
    )
    expect([...taken]).toEqual([0, 1])
    await eventually(() => text() === 'x')
  })

  test('takes nothing on a descriptor that is no socket any more', () => {
    const taken = Int32Array.of(9)
    writeAll(Int32Array.of(1_000_000), Buffer.from('x'), taken)
    expect([...taken]).toEqual([0])
  })
})

describe('the native helper', () => {
  test('was built where there is a compiler', async () => {
    const { findOnPath } = await import('../../src/testing/services/command.ts')
    expect(native !== undefined).toBe(process.platform !== 'win32' && findOnPath('cc', 'gcc', 'clang') !== undefined)
  })

  test('refuses what it cannot work on', () => {
    if (!native) return
    expect(() => Reflect.apply(native, undefined, [])).toThrow('writeAll(descriptors')
    expect(() => native(new Int32Array(2), Buffer.from('x'), new Int32Array(1))).toThrow(TypeError)
    expect(() => Reflect.apply(native, undefined, [new Float64Array(1), Buffer.from('x'), new Int32Array(1)])).toThrow()
  })

  test('that is missing, or no program, is done without', async () => {
    await using folder = await temporaryFolder()
    expect(loadNative(nativePath(folder.path))).toBeUndefined()
    const broken = join(folder.path, 'broken.node')
    await writeFile(broken, 'not a program')
    expect(loadNative(broken)).toBeUndefined()
  })
})
