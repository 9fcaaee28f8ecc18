import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { readSettings } from '../../src/node/config/read-settings.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { startBackend } from './start-backend.ts'

async function start(folder: string, env: Readonly<Record<string, string>>, logger: Log) {
  const own = { FLIGHTLINE_DATA: folder, FLIGHTLINE_DAY: 'none', PORT: '0' }
  return startBackend(readSettings({ ...own, ...env }, folder), logger)
}

async function takePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { port, [Symbol.asyncDispose]: async () => void server.close() }
}

test('a port that is taken is told in one line, and nothing is left running', async () => {
  await using folder = await temporaryFolder('start')
  await using other = await takePort()
  const logger = recordingLog()
  const attempt = start(folder.path, { PORT: String(other.port) }, logger)
  await expect(attempt).rejects.toMatchObject({
    code: 'FL_LISTEN_FAILED',
    message: `Cannot listen on 127.0.0.1, port ${other.port}: another program listens there; set PORT to a free one.`,
  })
  const again = await start(folder.path, {}, logger)
  expect((await fetch(`${again.url}/health`)).status).toBe(200)
  await again.close()
})

test('settings that change nothing are named in the log and in the health report', async () => {
  await using folder = await temporaryFolder('start')
  const logger = recordingLog()
  const backend = await start(folder.path, { FCM_SERVICE_ACCOUNT: 'key.json' }, logger)
  const health = await (await fetch(`${backend.url}/health`)).json()
  await backend.close()
  expect(health).toHaveProperty('parts.settings', { status: 'ok', unused: 'FCM_SERVICE_ACCOUNT' })
  const told = logger.lines.filter(({ message }) => message === 'this setting changes nothing')
  expect(told.map(({ fields }) => fields.setting)).toEqual(['FCM_SERVICE_ACCOUNT'])
})
