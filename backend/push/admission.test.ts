import { createServer, type IncomingMessage, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createAdmission } from './admission.ts'
import { clientAddress } from './client-address.ts'
import { pushLimits } from './parts.ts'

const settings = { publicUrl: 'https://flights.example.com', trustProxy: true }

/** Lets a real server read a request with these headers. */
async function asRequest(headers: Record<string, string | string[]>): Promise<IncomingMessage> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>()
  const server = createServer((incoming, response) => {
    resolve(incoming)
    response.end()
    server.close()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a server on a port')
  request({ port: address.port, host: '127.0.0.1', headers, agent: false }).end()
  return promise
}

describe('the address that is counted', () => {
  test('is that of the socket when no proxy is trusted, whatever the headers say', async () => {
    const incoming = await asRequest({ 'x-forwarded-for': '203.0.113.7' })
    expect(clientAddress(incoming, false)).toBe('127.0.0.1')
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['1.2.3.4, 203.0.113.7', '203.0.113.7'],
    ['', '127.0.0.1'],
  ])('behind a proxy is the last hop of %j', async (header, address) => {
    expect(clientAddress(await asRequest({ 'x-forwarded-for': header }), true)).toBe(address)
  })
})

describe('admission', () => {
  test('counts handshakes per address and second', async () => {
    const admission = createAdmission(settings, { ...pushLimits, handshakesPerSecond: 3 })
    const from = (address: string) => asRequest({ 'x-forwarded-for': address })
    const crowd = await from('203.0.113.7')
    const answers = []
    for (let attempt = 0; attempt < 4; attempt += 1) answers.push((await admission.findRefusal(crowd))?.code)
    expect(answers).toEqual([undefined, undefined, undefined, 'FL_RATE_LIMITED'])
    expect(await admission.findRefusal(await from('203.0.113.8'))).toBeUndefined()
  })

  test('refuses a foreign page before it counts it', async () => {
    const admission = createAdmission(settings, pushLimits)
    const refusal = await admission.findRefusal(await asRequest({ origin: 'https://evil.example.com' }))
    expect(refusal?.toShape()).toMatchObject({ code: 'FL_ORIGIN_FOREIGN' })
  })
})
