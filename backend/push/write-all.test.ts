import { writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../src/testing/fixtures/log-records.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { loadNative, nativePath, type WriteAll, writeEach } from './write-all.ts'

const native = loadNative()
const ways: readonly (readonly [string, WriteAll])[] = [
  ['by means of Node', writeEach],
  // Where no compiler was found there is nothing to test; where one was, `npm run build` has said so.
  ...(native ? [['natively', native] as const] : []),
]

interface Pair {
  readonly ours: Socket
  readonly theirs: Socket
}

let pairs: Pair[]
let close: () => void

beforeEach(async () => {
  const accepted: Socket[] = []
  const server = createServer((socket) => accepted.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the server has no port')
  pairs = []
  for (let at = 0; at < 3; at += 1) {
    const theirs = connect(address.port, '127.0.0.1').pause()
    theirs.on('error', () => undefined)
    await eventually(() => accepted.length === at + 1, 'a socket was accepted')
    pairs.push({ ours: accepted[at] ?? theirs, theirs })
  }
  close = () => {
    for (const { ours, theirs } of pairs) for (const socket of [ours, theirs]) socket.destroy()
    server.close()
  }
})

afterEach(() => close())

/** Node's own, as the gateway reads it. */
function descriptorOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle')
  return Number(Reflect.get(Object(handle), 'fd'))
}

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
    const descriptors = pairs.map(({ ours }) => descriptorOf(ours))
    expect(writeAll(Int32Array.of(...descriptors.slice(0, 2), -1), Buffer.from('gate B12'), taken)).toBe(1)
    expect([...taken]).toEqual([8, 8, 0, 0])
    await eventually(() => texts[0]?.() === 'gate B12' && texts[1]?.() === 'gate B12', 'both have it')
    expect(texts[2]?.()).toBe('')
  })

  test('takes what a full socket takes, then nothing, and waits for nobody', () => {
    const [pair] = pairs
    if (!pair) throw new Error('no sockets')
    const taken = new Int32Array(1)
    const bytes = Buffer.alloc(1024 * 1024)
    const amounts = Array.from({ length: 20 }, () => {
      writeAll(Int32Array.of(descriptorOf(pair.ours)), bytes, taken)
      return taken[0]
    })
    expect(amounts[0]).toBeGreaterThan(0)
    expect(amounts.at(-1)).toBe(0)
  })

  test('takes nothing on a socket whose other end is gone, and goes on with the next', async () => {
    const [gone, there] = pairs
    if (!gone || !there) throw new Error('no sockets')
    const text = received(there.theirs)
    const descriptor = descriptorOf(gone.ours)
    gone.theirs.resetAndDestroy()
    await eventually(() => gone.ours.destroyed || gone.ours.readyState !== 'open', 'the reset was noticed')
    const taken = new Int32Array(2)
    writeAll(Int32Array.of(gone.ours.destroyed ? -1 : descriptor, descriptorOf(there.ours)), Buffer.from('x'), taken)
    expect([...taken]).toEqual([0, 1])
    await eventually(() => text() === 'x', 'the other has it')
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
