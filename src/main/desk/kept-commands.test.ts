import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { KeptCommand } from '../../shared/api/desktop-schemas.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openKeptCommands } from './kept-commands.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const command = (number: number, owner = 'gwen'): KeptCommand => ({
  commandId: id(number),
  owner,
  text: `{"n":${number}}`,
})

async function bench(limit = 1_000) {
  const folder = await temporaryFolder('kept')
  const logger = recordingLog()
  const service = { name: 'embedded' }
  const open = () =>
    openKeptCommands({ folder: join(folder.path, 'commands'), logger, service: () => service.name, limit })
  return {
    ...{ open, logger, service, path: join(folder.path, 'commands') },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

describe('kept commands', () => {
  test('are there after a restart, in the order in which they were kept', async () => {
    await using given = await bench()
    const before = await given.open()
    for (const number of [3, 1, 2]) await before.keep(1, command(number))
    const after = await given.open()
    await after.keep(1, command(0))
    expect(await after.claim(1, 'gwen')).toEqual([command(3), command(1), command(2), command(0)])
  })

  test('belong to their owner', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1, 'gwen'))
    await commands.keep(1, command(2, 'sue'))
    commands.released(1)
    expect(await commands.claim(2, 'sue')).toEqual([command(2, 'sue')])
    expect(await commands.claim(2, 'otto')).toEqual([])
  })

  test('that an open page holds are given to no other page, and to that page again after a reload', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1))
    expect(await commands.claim(2, 'gwen')).toEqual([])
    expect(await commands.claim(1, 'gwen')).toEqual([command(1)])
    commands.released(1)
    expect(await commands.claim(2, 'gwen')).toEqual([command(1)])
    expect(await commands.claim(1, 'gwen')).toEqual([])
  })

  test('for one service are never given to pages of another', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1))
    given.service.name = 'served-training'
    expect(await commands.claim(1, 'gwen')).toEqual([])
    given.service.name = 'embedded'
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([command(1)])
  })

  test('that are kept again while another service is there stay with their own', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1))
    given.service.name = 'served-training'
    await commands.keep(1, { ...command(1), text: '{"n":"newer"}' })
    expect(await commands.claim(1, 'gwen')).toEqual([])
    given.service.name = 'embedded'
    expect(await (await given.open()).claim(1, 'gwen')).toHaveLength(1)
  })

  test('that no page holds are counted, for the present service and as long as they are to be sent', async () => {
    await using given = await bench()
    const before = await given.open()
    for (const number of [1, 2]) await before.keep(1, command(number, `person ${number}`))
    await before.keep(1, { ...command(3), isOver: true })
    expect(before.unclaimed()).toBe(0)
    const after = await given.open()
    expect(after.unclaimed()).toBe(2)
    await after.claim(7, 'person 1')
    expect(after.unclaimed()).toBe(1)
    given.service.name = 'served-training'
    expect(after.unclaimed()).toBe(0)
  })

  test('that were forgotten do not come back', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1))
    await commands.forget(id(1))
    await commands.forget(id(1))
    expect(await commands.claim(1, 'gwen')).toEqual([])
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([])
  })

  test('that are forgotten while they are being kept are gone', async () => {
    await using given = await bench()
    const commands = await given.open()
    await Promise.all([commands.keep(1, command(1)), commands.forget(id(1))])
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([])
  })

  test('kept again have the newer text and their old place', async () => {
    await using given = await bench()
    const commands = await given.open()
    for (const number of [1, 2]) await commands.keep(1, command(number))
    const newer = { ...command(1), text: '{"n":"newer"}' }
    await commands.keep(1, newer)
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([newer, command(2)])
  })

  test('are refused past the limit, also when many come at once, and one that is kept already is not', async () => {
    await using given = await bench(3)
    const commands = await given.open()
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => commands.keep(1, command(number))))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(results[4]).toMatchObject({ reason: { code: 'FL_COMMANDS_FULL', details: { limit: 3 } } })
    await commands.keep(1, command(2))
    await commands.forget(id(1))
    await commands.keep(1, command(4))
  })

  // Linux has a device that is always full; elsewhere there is no such thing to write to.
  test('that the disk does not take are refused as such, and not counted as kept', async () => {
    await using given = await bench(1)
    const commands = await given.open()
    if (process.platform === 'linux') {
      await symlink('/dev/full', join(given.path, `${id(1)}.json.tmp`))
      await expect(commands.keep(1, command(1))).rejects.toMatchObject({ code: 'FL_STORE_FULL', status: 507 })
    }
    await commands.keep(1, command(2))
    expect(await commands.claim(1, 'gwen')).toEqual([command(2)])
  })

  test('can be read by their owner’s account only', async () => {
    await using given = await bench()
    const commands = await given.open()
    await commands.keep(1, command(1))
    expect((await stat(given.path)).mode & 0o777).toBe(0o700)
    expect((await stat(join(given.path, `${id(1)}.json`))).mode & 0o777).toBe(0o600)
  })

  test('with an id that leads out of the folder are refused', async () => {
    await using given = await bench()
    const commands = await given.open()
    await expect(commands.keep(1, { ...command(1), commandId: '../../outside' })).rejects.toThrow()
    expect(await commands.claim(1, 'gwen')).toEqual([])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['cut off', (text: string) => text.slice(0, -1)],
    ['empty', () => ''],
    ['no command', () => '{"version":1}'],
    ['of a later version', (text: string) => text.replace('"version":1', '"version":2')],
    ['under another name', (text: string) => text.replaceAll(id(1), id(9))],
  ])('is set aside and told, and the rest is there: %s', async (_, damage) => {
    await using given = await bench()
    const before = await given.open()
    for (const number of [1, 2]) await before.keep(1, command(number))
    const path = join(given.path, `${id(1)}.json`)
    const damaged = damage(await readFile(path, 'utf8'))
    await writeFile(path, damaged)
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([command(2)])
    const [name = ''] = await readdir(join(given.path, 'damaged'))
    expect(await readFile(join(given.path, 'damaged', name), 'utf8')).toBe(damaged)
    expect(given.logger.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('set aside') }])
  })

  // Linux has files without end, and lets everybody make links; elsewhere there are folders.
  test('and is no file keeps no desktop from starting, be it a folder or a link', async () => {
    await using given = await bench()
    await (await given.open()).keep(1, command(1))
    const strangers = [
      () => mkdir(join(given.path, `${id(2)}.json.tmp`)),
      () => mkdir(join(given.path, `${id(3)}.json`)),
    ]
    if (process.platform === 'linux') {
      strangers.push(
        () => symlink('/dev/zero', join(given.path, `${id(4)}.json`)),
        () => symlink(join(given.path, `${id(1)}.json`), join(given.path, `${id(5)}.json`)),
      )
    }
    for (const lay of strangers) await lay()
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([command(1)])
    expect(await readdir(join(given.path, 'damaged'))).toHaveLength(strangers.length)
    expect(given.logger.lines).toHaveLength(strangers.length)
  })

  test('and cannot be set aside either is left where it is, and told', async () => {
    await using given = await bench()
    await (await given.open()).keep(1, command(1))
    await writeFile(join(given.path, `${id(2)}.json`), '{')
    await writeFile(join(given.path, 'damaged'), 'no folder')
    expect(await (await given.open()).claim(1, 'gwen')).toEqual([command(1)])
    expect(given.logger.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('where it was') }])
  })

  test('because a file ends at any of its bytes is never taken for a command', async () => {
    await using given = await bench()
    await (await given.open()).keep(1, command(1))
    const path = join(given.path, `${id(1)}.json`)
    const text = await readFile(path, 'utf8')
    for (let length = 0; length < text.length; length += 1) {
      await writeFile(path, text)
      await truncate(path, length)
      expect(await (await given.open()).claim(1, 'gwen')).toEqual([])
    }
  })
})

test('a desktop that is killed at any moment has lost nothing that it had promised', async () => {
  await using given = await bench(100_000)
  const script = join(import.meta.dirname, '../../testing/fixtures/command-keeper.ts')
  const said = new Map<string, string>()
  for (let life = 0; life < 12; life += 1) {
    const child = spawn(process.execPath, ['--no-warnings', script, given.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 60))
    child.kill('SIGKILL')
    await once(child, 'close')
    for (const line of output.split('\n').slice(0, -1)) {
      const [word = '', commandId = ''] = line.split(' ')
      said.set(commandId, word)
    }
  }
  const there = new Set((await (await given.open()).claim(1, 'gwen')).map(({ commandId }) => commandId))
  const of = (wanted: string) => [...said].filter(([, word]) => word === wanted).map(([commandId]) => commandId)
  expect(of('kept').length).toBeGreaterThan(12)
  expect(of('kept').filter((commandId) => !there.has(commandId))).toEqual([])
  expect(of('forgot').filter((commandId) => there.has(commandId))).toEqual([])
  expect(given.logger.lines).toEqual([])
})
