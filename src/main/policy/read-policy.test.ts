import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { readPolicy } from './read-policy.ts'

const me = process.getuid?.()

async function openMachine() {
  const folder = await temporaryFolder('policy')
  const logger = recordingLog()
  const path = join(folder.path, 'policy.json')
  return {
    ...{ folder: folder.path, path, logger, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] },
    put: (policy: unknown, mode = 0o644) => writeFile(path, JSON.stringify(policy), { mode }),
    read: (owner = me) => readPolicy({ path, owner, logger }),
  }
}

const direct = {
  ...{ mode: 'direct', kafka: { brokers: 'kafka:9092', ssl: true, sasl: null } },
  backend: { run: false, port: 8080, isOpen: false, publicUrl: null, smtp: null },
}

describe('a machine without a policy', () => {
  test('may update itself, and nothing is said', async () => {
    await using machine = await openMachine()
    expect(await machine.read()).toEqual({ updates: 'allowed', channel: 'latest' })
    expect(machine.logger.lines).toEqual([])
  })

  test('is one, too, where even the folder is missing', async () => {
    await using machine = await openMachine()
    const path = join(machine.folder, 'none', 'policy.json')
    expect(await readPolicy({ path, owner: me, logger: machine.logger })).toMatchObject({ updates: 'allowed' })
  })
})

describe('a policy', () => {
  test('forbids updates', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'forbidden' })
    expect(await machine.read()).toEqual({ updates: 'forbidden', channel: 'latest' })
  })

  test('chooses the channel and sets the settings', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed', channel: 'beta', settings: direct })
    expect(await machine.read()).toMatchObject({ updates: 'allowed', channel: 'beta', settings: direct })
  })

  test('may be read by everybody', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed' }, 0o444)
    expect(await machine.read()).not.toHaveProperty('problem')
  })
})

describe('a policy that cannot be followed forbids updates and is told', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['a misspelt name', { update: 'forbidden' }, 'update'],
    ['an unknown word', { updates: 'never' }, 'updates: '],
    ['no word on updates', { channel: 'beta' }, 'updates: '],
    ['settings that are none', { updates: 'allowed', settings: { mode: 'direct' } }, 'settings.'],
    ['an empty list', [], 'expected object'],
  ]
  test.each(cases)('%s', async (_name, policy, problem) => {
    await using machine = await openMachine()
    await machine.put(policy)
    const read = await machine.read()
    expect(read).toMatchObject({ updates: 'forbidden', problem: expect.stringContaining(problem) })
    expect(read).not.toHaveProperty('settings')
    expect(machine.logger.lines).toMatchObject([{ level: 'error', fields: { code: 'FL_POLICY_INVALID' } }])
  })

  test('half a file', async () => {
    await using machine = await openMachine()
    await writeFile(machine.path, '{"updates":"allo')
    expect(await machine.read()).toMatchObject({ updates: 'forbidden', problem: expect.stringContaining('not JSON') })
  })

  test('a folder in its place', async () => {
    await using machine = await openMachine()
    await mkdir(machine.path)
    expect(await machine.read()).toMatchObject({ problem: expect.stringContaining('not a file') })
  })

  test('a file without an end', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed', channel: 'x'.repeat(70_000) })
    expect(await machine.read()).toMatchObject({ problem: expect.stringContaining('larger than') })
  })

  test('a secret is neither followed nor repeated', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed', settings: { ...direct, mongoUrl: 'mongodb://ops:hunter2@db' } })
    const read = await machine.read()
    expect(read).toMatchObject({ updates: 'forbidden', problem: expect.stringContaining('may hold no secret') })
    expect(JSON.stringify([read, machine.logger.lines])).not.toContain('hunter2')
  })
})

describe('where files have owners', () => {
  const refusal = (problem: string) => ({ updates: 'forbidden', problem: expect.stringContaining(problem) })

  test.each([0o664, 0o646])('a file that others may write to (%o) is refused', async (mode) => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed' })
    await chmod(machine.path, mode)
    expect(await machine.read()).toMatchObject(refusal('others than the administrator may write to it'))
  })

  test('a file in a folder that others may write to is refused: they could put another in its place', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed' })
    await chmod(machine.folder, 0o777)
    expect(await machine.read()).toMatchObject(refusal('its folder'))
  })

  test('a file of somebody else is refused', async () => {
    await using machine = await openMachine()
    await machine.put({ updates: 'allowed' })
    expect(await machine.read((me ?? 0) + 1)).toMatchObject(refusal('does not belong to the administrator'))
  })

  test('the file that a link leads to is looked at, not the link', async () => {
    await using machine = await openMachine()
    const target = join(machine.folder, 'elsewhere.json')
    await writeFile(target, '{"updates":"allowed"}')
    await chmod(target, 0o666)
    await symlink(target, machine.path)
    expect(await machine.read()).toMatchObject(refusal('others than the administrator may write to it'))
  })
})

test('a file that may not be read forbids updates', async () => {
  await using machine = await openMachine()
  const path = join(machine.folder, 'x'.repeat(300))
  const policy = await readPolicy({ path, owner: me, logger: machine.logger })
  expect(policy).toMatchObject({ updates: 'forbidden', problem: expect.stringContaining('ENAMETOOLONG') })
})
