import { createServer, type IncomingMessage, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createAdmission } from './admission.ts'
import { clientAddress } from './client-address.ts'
import { pushLimits } from './parts.ts'

const idle = { isLate: () => false, isFull: () => false }
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
    ['2001:db8:1:2::7', '2001:db8:1:2::/64'],
  ])('behind a proxy is the last hop of %j', async (header, address) => {
    expect(clientAddress(await asRequest({ 'x-forwarded-for': header }), true)).toBe(address)
  })
})

describe('admission', () => {
  test('counts handshakes per address and second', async () => {
    const admission = createAdmission({ settings, load: idle, limits: { ...pushLimits, handshakesPerSecond: 3 } })
    const from = (address: string) => asRequest({ 'x-forwarded-for': address })
    const crowd = await from('203.0.113.7')
    const answers = []
    for (let attempt = 0; attempt < 4; attempt += 1) answers.push((await admission.findRefusal(crowd))?.code)
    expect(answers).toEqual([undefined, undefined, undefined, 'FL_RATE_LIMITED'])
    expect(await admission.findRefusal(await from('203.0.113.8'))).toBeUndefined()
  })

  test('counts the addresses of one IPv6 network as one', async () => {
    const admission = createAdmission({ settings, load: idle, limits: { ...pushLimits, handshakesPerSecond: 1 } })
    const from = async (address: string) => admission.findRefusal(await asRequest({ 'x-forwarded-for': address }))
    expect(await from('2001:db8:1:2::1')).toBeUndefined()
    expect((await from('2001:db8:1:2::2'))?.code).toBe('FL_RATE_LIMITED')
    expect(await from('2001:db8:1:3::1')).toBeUndefined()
  })

  test('refuses a foreign page before it counts it', async () => {
    const admission = createAdmission({ settings, load: idle, limits: pushLimits })
    const refusal = await admission.findRefusal(await asRequest({ origin: 'https://evil.example.com' }))
    expect(refusal?.toShape()).toMatchObject({ code: 'FL_ORIGIN_FOREIGN' })
  })

  test('lets nobody in while there is no memory, and says when to come back', async () => {
    const load = { isLate: () => false, isFull: () => true }
    const admission = createAdmission({ settings, load, limits: pushLimits })
    const request = await asRequest({})
    const refusals = await Promise.all(Array.from({ length: 200 }, () => admission.findRefusal(request)))
    expect(new Set(refusals.map((refusal) => refusal?.code))).toEqual(new Set(['FL_SERVER_BUSY']))
    const seconds = refusals.map((refusal) => Number(refusal?.details.seconds))
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(5)
    expect(Math.max(...seconds)).toBeLessThan(25)
    // They do not all come back in the same second.
    expect(new Set(seconds).size).toBeGreaterThan(10)
  })

  test('once closed turns away who waits and who comes', async () => {
    const limits = { ...pushLimits, acceptsAtOnce: 1, acceptsPerSecond: 1 }
    const admission = createAdmission({ settings, load: idle, limits })
    const request = await asRequest({})
    expect(await admission.findRefusal(request)).toBeUndefined()
    const waiting = admission.findRefusal(request)
    await new Promise(setImmediate)
    expect(admission.waiting()).toBe(1)
    expect(admission.findEnd()).toBeUndefined()
    admission.close()
    for (const refusal of [await waiting, await admission.findRefusal(request), admission.findEnd()]) {
      expect(refusal?.toShape()).toMatchObject({ code: 'FL_SHUTTING_DOWN', details: { seconds: expect.any(Number) } })
    }
  })
})
