import { describe, expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

describe('headers', () => {
  test.each([['/api/flights'], ['/nowhere'], ['/health'], ['/openapi.json']])(
    '%s is sent with all of them',
    async (path) => {
      await using server = await openHttpBench()
      const { headers } = await server.request(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('strict-transport-security')).toContain('max-age=')
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test('without TLS nobody is told to insist on it', async () => {
    await using server = await openHttpBench({ settings: { publicUrl: 'http://127.0.0.1:8080' } })
    expect((await server.request('/health')).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('limits', () => {
  const exhaust = async (ask: () => Promise<{ readonly status: number }>) => {
    const statuses = await Promise.all(Array.from({ length: 31 }, async () => (await ask()).status))
    return statuses.filter((status) => status === 429).length
  }

  test('a client cannot talk itself out of its limit', async () => {
    await using server = await openHttpBench()
    let turn = 0
    const refused = await exhaust(() => {
      turn += 1
      const headers = { 'x-forwarded-for': `203.0.113.${turn}` }
      return server.request('/api/session', { json: { name: 'gwen', password: 'x' }, headers })
    })
    expect(refused).toBe(1)
  })

  test('behind a proxy the address that the proxy saw counts, not what the client wrote before it', async () => {
    await using server = await openHttpBench({ settings: { trustProxy: true } })
    let turn = 0
    const from = (address: string) => () => {
      turn += 1
      const headers = { 'x-forwarded-for': `198.51.100.${turn}, ${address}` }
      return server.request('/api/session', { json: { name: 'gwen', password: 'x' }, headers })
    }
    expect(await exhaust(from('203.0.113.1'))).toBe(1)
    expect((await from('203.0.113.2')()).status).toBe(401)
  })

  test('a refusal says how long to wait', async () => {
    await using server = await openHttpBench()
    const { headers } = await server.request('/api/flights')
    expect(headers.get('x-ratelimit-limit')).toBe('3000')
  })
})
