import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SettingsCheck, SettingsDraft } from '../../shared/api/desktop-schemas.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { testKeyring } from '../../testing/fixtures/safe-storage.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import type { DesktopSettings } from './desktop-settings.ts'
import { createSettingsStore, type SettingsStoreParts } from './settings-store.ts'
import { createVault } from './vault.ts'

const backend = { run: true, port: 8080, isOpen: false, publicUrl: null, smtp: null }
const embedded: SettingsDraft = { mode: 'embedded', demo: true, adminPassword: 'correct horse', backend }
const direct: SettingsDraft = {
  mode: 'direct',
  mongoUrl: 'mongodb://desk:hidden@db.example.com/flightline',
  kafka: {
    brokers: 'a:9092, b:9092',
    ssl: true,
    sasl: { mechanism: 'scram-sha-512', username: 'desk', password: 'covert' },
  },
  backend: {
    ...backend,
    smtp: { url: 'smtps://mail:masked@mail.example.com', from: 'Flightline <flights@example.com>' },
  },
}

async function openBench(given: Partial<SettingsStoreParts> = {}) {
  const folder = await temporaryFolder('settings')
  const keyring = testKeyring()
  const logger = recordingLog()
  const checked: DesktopSettings[] = []
  const verdict: { checks: readonly SettingsCheck[] } = { checks: [] }
  const open = () =>
    createSettingsStore({
      ...{ folder: folder.path, logger, now: () => 7, environment: undefined, policy: undefined },
      vault: createVault({
        safeStorage: keyring,
        path: join(folder.path, 'secrets.bin'),
        platform: 'linux',
        logger,
        now: () => 7,
      }),
      check: async (settings) => {
        checked.push(settings)
        return verdict.checks
      },
      ...given,
    })
  return { folder, keyring, logger, checked, verdict, open, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

test('a new desktop has no settings', async () => {
  await using bench = await openBench()
  const store = bench.open()
  expect(await store.read()).toBeUndefined()
  expect(await store.view()).toEqual({ source: 'none', draft: null, stored: [], vault: { isSafe: true } })
})

test('what is saved is there after a restart, with its secrets, and told', async () => {
  await using bench = await openBench()
  const store = bench.open()
  const told: DesktopSettings[] = []
  store.onChange((settings) => told.push(settings))
  await store.save(direct)
  const settings = await bench.open().read()
  expect(settings).toMatchObject({
    mode: 'direct',
    connection: {
      mongoUrl: 'mongodb://desk:hidden@db.example.com/flightline',
      kafka: { brokers: ['a:9092', 'b:9092'], sasl: { password: 'covert' } },
    },
    backend: { smtp: { url: 'smtps://mail:masked@mail.example.com' } },
  })
  expect(told).toEqual([settings])
})

test('no secret is in the file or on the screen', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(direct)
  const shown = JSON.stringify(await store.view())
  const file = await readFile(join(bench.folder.path, 'settings.json'), 'utf8')
  for (const secret of ['hidden', 'covert', 'masked']) {
    expect(shown).not.toContain(secret)
    expect(file).not.toContain(secret)
  }
  expect((await store.view()).stored).toEqual(['mongoUrl', 'kafkaPassword', 'smtpUrl'])
})

test('a secret that is left out stays as it is', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(direct)
  const kafka = { ...direct.kafka, ssl: false, sasl: { mechanism: 'plain', username: 'desk' } } as const // as literals
  await store.save({ mode: 'direct', kafka, backend })
  expect(await store.read()).toMatchObject({
    connection: { mongoUrl: direct.mongoUrl, kafka: { ssl: false, sasl: { password: 'covert' } } },
  })
})

test('a stored password goes to no other brokers than those it was entered for', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(direct)
  bench.checked.length = 0
  const kafka = {
    brokers: 'evil.example.com:9092',
    ssl: false,
    sasl: { mechanism: 'plain', username: 'desk' },
  } as const // as literals
  const checks = await store.test({ mode: 'direct', kafka, backend })
  expect(checks).toMatchObject([{ part: 'log', ok: false, message: 'The password for Kafka is needed.' }])
  expect(bench.checked).toEqual([])
})

test('secrets that other settings do not need are not kept', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(direct)
  await store.save({ mode: 'served', serverUrl: 'https://ops.example.com' })
  expect((await store.view()).stored).toEqual([])
})

test('a check that fails keeps everything as it was', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(embedded)
  bench.verdict.checks = [{ part: 'store', ok: false, message: 'nothing listens there' }]
  const checks = await store.save(direct)
  expect(checks).toContainEqual({ part: 'store', ok: false, message: 'nothing listens there' })
  expect(await store.read()).toMatchObject({ mode: 'embedded' })
  expect((await store.view()).stored).toEqual(['adminPassword'])
})

test('trying keeps nothing', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.test(direct)
  expect(bench.checked).toHaveLength(1)
  expect(await store.read()).toBeUndefined()
  expect((await store.view()).stored).toEqual([])
})

test('the first password is forgotten once the backend has taken it', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await store.save(embedded)
  expect(await store.read()).toMatchObject({ backend: { adminPassword: 'correct horse' } })
  await store.passwordUsed()
  expect(await store.read()).toMatchObject({ mode: 'embedded', backend: { adminPassword: undefined } })
})

test('without a keyring passwords are refused, and settings without any are not', async () => {
  await using bench = await openBench()
  bench.keyring.backend = 'basic_text'
  const store = bench.open()
  const checks = await store.save(direct)
  expect(checks.find(({ part }) => part === 'secrets')).toMatchObject({
    ok: false,
    message: expect.stringContaining('keyring'),
  })
  expect(await store.read()).toBeUndefined()
  expect(await store.save({ mode: 'served', serverUrl: 'https://ops.example.com' })).toEqual([])
  expect(await store.read()).toMatchObject({ mode: 'served' })
})

test('after the keyring was reset the settings are incomplete, and what was no secret is still on the screen', async () => {
  await using bench = await openBench()
  await bench.open().save(direct)
  bench.keyring.owner = 'reset'
  const store = bench.open()
  expect(await store.read()).toBeUndefined()
  expect(await store.view()).toMatchObject({
    source: 'file',
    draft: { mode: 'direct', kafka: { brokers: 'a:9092, b:9092' } },
  })
})

test.each(['', '{', '{"version":2,"settings":{}}', '{"version":1,"settings":{"mode":"other"}}'])(
  'a settings file that reads %j is set aside and asked for anew',
  async (text) => {
    await using bench = await openBench()
    await writeFile(join(bench.folder.path, 'settings.json'), text)
    const store = bench.open()
    expect(await store.read()).toBeUndefined()
    expect(await store.read()).toBeUndefined()
    expect(bench.logger.lines).toHaveLength(1)
  },
)

test('what the environment says is shown, and cannot be changed here', async () => {
  const environment: DesktopSettings = { mode: 'served', serverUrl: 'https://ops.example.com' }
  await using bench = await openBench({ environment })
  const store = bench.open()
  expect(await store.read()).toBe(environment)
  expect(await store.view()).toMatchObject({ source: 'environment', draft: { mode: 'served' } })
  expect(() => store.save(embedded)).toThrow(expect.objectContaining({ code: 'FL_SETTINGS_LOCKED' }))
})

test('a policy that is not followed is told with the settings', async () => {
  await using bench = await openBench({ policyProblem: 'it is not JSON' })
  expect(await bench.open().view()).toMatchObject({ source: 'none', policyProblem: 'it is not JSON' })
})

test('a policy sets everything but the secrets, which the person enters', async () => {
  const { mongoUrl: _url, kafka, ...rest } = { ...direct, backend }
  const policy: SettingsDraft = { ...rest, kafka: { ...kafka, sasl: { mechanism: 'plain', username: 'desk' } } }
  await using bench = await openBench({ policy })
  const store = bench.open()
  expect(await store.read()).toBeUndefined()
  expect(await store.view()).toMatchObject({ source: 'policy', draft: { mode: 'direct' } })
  const entered = { ...policy, mongoUrl: 'mongodb://desk:hidden@db.example.com/flightline' }
  const sasl = { mechanism: 'plain', username: 'desk', password: 'covert' } as const // as literals
  expect(() => store.save({ ...entered, kafka: { ...kafka, brokers: 'other:9092', sasl } })).toThrow(
    expect.objectContaining({ code: 'FL_SETTINGS_LOCKED' }),
  )
  await store.save({ ...entered, kafka: { ...kafka, sasl } })
  expect(await store.read()).toMatchObject({ mode: 'direct', connection: { kafka: { sasl: { password: 'covert' } } } })
})

test.each([
  ['http://db.example.com', 'The URL of MongoDB is not right'],
  ['nonsense', 'The URL of MongoDB is not right'],
])('the address %s of a database is refused before anything is tried', async (mongoUrl, words) => {
  await using bench = await openBench()
  const checks = await bench.open().save({ ...direct, mongoUrl })
  expect(checks[0]).toMatchObject({ part: 'store', ok: false, message: expect.stringContaining(words) })
  expect(bench.checked).toEqual([])
})

test('everything that is missing or wrong is named at once', async () => {
  await using bench = await openBench()
  const checks = await bench.open().save({
    mode: 'direct',
    kafka: { brokers: 'no port', ssl: false, sasl: { mechanism: 'plain', username: 'x' } },
    backend: { ...backend, publicUrl: 'ftp://x', smtp: { url: 'http://x', from: 'nobody' } },
  })
  expect(checks.map(({ message }) => message.replace(/ (is needed|is not right).*/, ''))).toEqual([
    'The URL of MongoDB',
    'The password for Kafka',
    'The list of brokers',
    'The URL of the mail server',
    'The sender of mails',
    'The public address',
  ])
})

test('two saves at once end as the later one', async () => {
  await using bench = await openBench()
  const store = bench.open()
  await Promise.all([store.save(direct), store.save({ mode: 'served', serverUrl: 'https://ops.example.com' })])
  expect(await store.read()).toMatchObject({ mode: 'served' })
  expect((await store.view()).stored).toEqual([])
})
