import { describe, expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

describe('compression', () => {
  test('a large answer is compressed for who can read it, and keeps its ETag', async () => {
    await using server = await openHttpBench()
    const plain = await fetch(`${server.http.url}/openapi.json`, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    for (const encoding of ['br', 'gzip']) {
      const packed = await fetch(`${server.http.url}/openapi.json`, { headers: { 'accept-encoding': encoding } })
      expect(packed.headers.get('content-encoding')).toBe(encoding)
      expect(packed.headers.get('vary')).toContain('accept-encoding')
      expect(await packed.json()).toEqual(await plain.clone().json())
    }
  })

  test('a small answer is left as it is', async () => {
    await using server = await openHttpBench()
    const { headers } = await fetch(`${server.http.url}/update`, { headers: { 'accept-encoding': 'br, gzip' } })
    expect(headers.get('content-encoding')).toBeNull()
  })
})
