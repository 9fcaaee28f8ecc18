import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

async function answerOf(error: FlightlineError): Promise<readonly [string, string]> {
  const socket = new PassThrough()
  const parts: string[] = []
  socket.on('data', (part) => parts.push(String(part)))
  refuseUpgrade(socket, error)
  await expect.poll(() => socket.destroyed).toBe(true)
  const [head = '', body = ''] = parts.join('').split('\r\n\r\n')
  return [head, body]
}

test('a refused upgrade is answered with status, shape and when to come back, and the connection ends', async () => {
  const [head, body] = await answerOf(new FlightlineError('FL_RATE_LIMITED', { seconds: 3 }))
  expect(head).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/)
  expect(head).toContain('retry-after: 3')
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`)
  expect(JSON.parse(body)).toMatchObject({ code: 'FL_RATE_LIMITED', details: { seconds: 3 } })
})

test('nothing is said about coming back where that would not help', async () => {
  const [head] = await answerOf(new FlightlineError('FL_ORIGIN_FOREIGN'))
  expect(head).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
  expect(head).not.toContain('retry-after')
})
