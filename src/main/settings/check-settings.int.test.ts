import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { expect, inject, test } from 'vitest'
import { migrate, SCHEMA_VERSION } from '../../node/mongo/schema.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { freePorts } from '../../testing/services/free-port.ts'
import { startMailServer } from '../../testing/services/mail-server.ts'
import { checkSettings } from './check-settings.ts'
import type { BackendSettings, DesktopSettings } from './desktop-settings.ts'

const off: BackendSettings = {
  run: false,
  port: 8080,
  isOpen: false,
  publicUrl: undefined,
  adminPassword: undefined,
  smtp: undefined,
}
const parts = { folder: '/nowhere', ownPort: () => undefined }

/** A database of its own on the server of all tests, prepared as far as `version`. */
async function database(version?: number): Promise<string> {
  const url = new URL(inject('mongoUrl'))
  url.pathname = `/settings-${crypto.randomUUID().slice(0, 8)}`
  await using client = await MongoClient.connect(url.href)
  const db = client.db(url.pathname.slice(1))
  if (version !== undefined) await migrate(db)
  if (version !== undefined)
    await db.collection<{ _id: string }>('meta').updateOne({ _id: 'schema' }, { $set: { version } })
  return url.href
}

function direct(mongoUrl: string, brokers: readonly string[], backend = off): DesktopSettings {
  return { mode: 'direct', connection: { mongoUrl, kafka: { brokers, ssl: false, sasl: undefined } }, backend }
}

async function listen(answer: string): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) => socket.end(answer))
  const [port = 0] = await freePorts(1)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { port, close: () => server.close() }
}

test('a database that a backend has prepared is good for a desk, an empty one only for a server', async () => {
  const brokers = inject('kafkaBrokers')
  const [prepared] = await checkSettings(parts, direct(await database(SCHEMA_VERSION), brokers))
  expect(prepared).toEqual({ part: 'store', ok: true, message: 'MongoDB answers.' })
  const empty = await database()
  expect((await checkSettings(parts, direct(empty, brokers)))[0]).toMatchObject({
    ok: false,
    message: expect.stringContaining('not prepared'),
  })
  const server = { ...off, run: true, port: (await freePorts(1))[0] ?? 0 }
  const checks = await checkSettings(parts, direct(empty, brokers, server))
  expect(checks.map(({ part, ok }) => [part, ok])).toEqual([
    ['store', true],
    ['log', true],
    ['backend', true],
  ])
})

test('a database of a newer program is refused', async () => {
  const [store] = await checkSettings(parts, direct(await database(SCHEMA_VERSION + 1), inject('kafkaBrokers')))
  expect(store).toMatchObject({ ok: false, message: expect.stringContaining('install the newer version') })
})

test('servers that are not there are told one by one, without their addresses', async () => {
  const [nobody = 0] = await freePorts(1)
  const checks = await checkSettings(
    parts,
    direct(`mongodb://anna:hidden@127.0.0.1:${nobody}/x`, [`127.0.0.1:${nobody}`]),
  )
  expect(checks.map(({ ok }) => ok)).toEqual([false, false])
  for (const { message } of checks) expect(message).not.toMatch(/hidden|anna|127\.0\.0\.1/)
  expect(checks[1]?.message).toContain('nothing listens there')
})

test('a name that nobody knows is told as such', async () => {
  const [, log] = await checkSettings(parts, direct('mongodb://127.0.0.1:1/x', ['no-such-host.invalid:9092']))
  expect(log).toMatchObject({ part: 'log', ok: false })
})

test('a folder that cannot be made is no store', async () => {
  await using folder = await temporaryFolder('check')
  await writeFile(join(folder.path, 'taken'), '')
  const settings: DesktopSettings = { mode: 'embedded', demo: false, backend: off }
  expect(await checkSettings({ ...parts, folder: join(folder.path, 'taken') }, settings)).toMatchObject([
    { part: 'store', ok: false },
  ])
  await mkdir(join(folder.path, 'fine'))
  expect(await checkSettings({ ...parts, folder: join(folder.path, 'fine') }, settings)).toMatchObject([
    { part: 'store', ok: true },
  ])
})

test('a port that is taken is refused, unless it is our own backend that has it', async () => {
  await using folder = await temporaryFolder('check')
  const taken = await listen('')
  const backend = { ...off, run: true, port: taken.port }
  const settings: DesktopSettings = { mode: 'embedded', demo: false, backend }
  const here = { ...parts, folder: folder.path }
  expect((await checkSettings(here, settings))[1]).toMatchObject({ part: 'backend', ok: false })
  expect((await checkSettings({ ...here, ownPort: () => taken.port }, settings))[1]).toMatchObject({
    part: 'backend',
    ok: true,
  })
  taken.close()
})

test('a mail server is known by its greeting', async () => {
  await using folder = await temporaryFolder('check')
  await using mail = await startMailServer()
  const other = await listen('HTTP/1.1 400 Bad Request\r\n\r\n')
  const [nobody = 0, port = 0] = await freePorts(2)
  const words = async (url: string) => {
    const backend = { ...off, run: true, port, smtp: { url, from: 'f@example.com' } }
    const settings: DesktopSettings = { mode: 'embedded', demo: false, backend }
    return (await checkSettings({ ...parts, folder: folder.path }, settings))[2]?.message
  }
  expect(await words(mail.url)).toBe('The mail server answers.')
  expect(await words(`smtp://127.0.0.1:${other.port}`)).toContain('no mail server')
  expect(await words(`smtp://mail:masked@127.0.0.1:${nobody}`)).toContain('nothing listens there')
  other.close()
})

test.each([
  ['http://ops.example.com', 'https'],
  ['https://anna:hidden@ops.example.com', 'https'],
  ['nonsense', 'https'],
])('the server %s is refused before anything is sent', async (serverUrl, words) => {
  expect(await checkSettings(parts, { mode: 'served', serverUrl })).toMatchObject([
    { part: 'server', ok: false, message: expect.stringContaining(words) },
  ])
})

test('a server must be a Flightline', async () => {
  const body = (text: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`
  for (const [text, ok] of [
    ['{"status":"ok","parts":{}}', true],
    ['{"status":"ok"}', false],
    ['<html>', false],
  ] as const) {
    const server = await listen(body(text))
    expect(await checkSettings(parts, { mode: 'served', serverUrl: `http://127.0.0.1:${server.port}` })).toMatchObject([
      { ok },
    ])
    server.close()
  }
  const [nobody = 0] = await freePorts(1)
  expect(await checkSettings(parts, { mode: 'served', serverUrl: `http://127.0.0.1:${nobody}` })).toMatchObject([
    { ok: false, message: expect.stringContaining('nothing listens there') },
  ])
})
