import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { askHealth } from './ask-health.ts'

async function answering(status: number, body: string, check: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Reason for the cast: the address of a server that listens on a port is never a pipe's name.
  const { port } = server.address() as AddressInfo
  await check(`http://127.0.0.1:${port}`)
  server.close()
}

test.each([
  [200, '{}', { status: 'ok' }],
  [
    503,
    '{"status":"down","parts":{"log":{"status":"down"},"store":{"status":"ok"}}}',
    { status: 'degraded', parts: ['log'] },
  ],
  [503, '{}', { status: 'degraded', parts: [] }],
  [503, 'no json', { status: 'silent' }],
  [302, '', { status: 'silent' }],
])('an answer %i %s', async (status, body, expected) => {
  await answering(status, body, async (url) => expect(await askHealth(url, 1_000)).toEqual(expected))
})

test('nobody there is silence', async () => {
  expect(await askHealth('http://127.0.0.1:9', 500)).toEqual({ status: 'silent' })
})
