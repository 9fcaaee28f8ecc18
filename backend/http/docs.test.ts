import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const operation = z.looseObject({
  summary: z.string().optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
})
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

let document: z.output<typeof documentSchema>
beforeAll(async () => {
  await using server = await openHttpBench()
  document = documentSchema.parse((await server.request('/openapi.json')).json)
})

describe('GET /openapi.json', () => {
  test.each([
    ['get', '/health'],
    ['get', '/metrics'],
    ['get', '/api/flights'],
    ['get', '/api/flights/{id}'],
    ['get', '/api/flights/{id}/history'],
    ['get', '/api/check_updates'],
    ['post', '/api/notifications'],
    ['get', '/update'],
    ['post', '/update'],
    ['post', '/api/import/departures'],
    ['post', '/api/import/bookings'],
    ['get', '/dev/mailbox'],
    ['post', '/api/session'],
    ['delete', '/api/session'],
    ['get', '/api/desk/departures'],
    ['post', '/api/desk/departures/{id}/gate'],
    ['post', '/api/desk/departures/{id}/delay'],
    ['get', '/api/desk/departures/{id}/history'],
    ['get', '/api/desk/departures/watch'],
    ['post', '/api/desk/broadcasts'],
  ])('%s %s is documented with its errors', (method, path) => {
    expect(document.paths[path]?.[method]?.responses).toHaveProperty('default')
  })

  test('a flight is described field by field', () => {
    const text = JSON.stringify(document.paths['/api/flights/{id}'])
    for (const field of [
      'scheduledAt',
      'estimatedAt',
      'delayMinutes',
      'nextInformationAt',
      'codeshares',
      'GATE_CLOSED',
    ]) {
      expect(text).toContain(field)
    }
  })

  test('the desk is described from its contract, without signing in', () => {
    const gate = JSON.stringify(document.paths['/api/desk/departures/{id}/gate'])
    for (const field of ['revision', 'commandId', 'terminal']) expect(gate).toContain(field)
    expect(Object.keys(document.paths).filter((path) => path.includes('sign'))).toEqual([])
  })

  test('every reference leads somewhere', () => {
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)
    const names = new Set([...references].map(([, name]) => name))
    expect(names.size).toBeGreaterThan(0)
    expect([...names].filter((name) => !name || !(name in document.components.schemas))).toEqual([])
  })

  test('the columns of the imports stand in the text', () => {
    expect(document.info.description).toContain('Columns: as documented.')
  })
})

describe('GET /docs', () => {
  test('the page is there, and its policy lets its own scripts run', async () => {
    await using server = await openHttpBench()
    const page = await server.request('/docs')
    const { status, text, headers } = page.status === 200 ? page : await server.request('/docs/')
    expect([status, headers.get('content-type')]).toMatchObject([200, expect.stringContaining('text/html')])
    const scripts = [...text.matchAll(/<script src="([^"]+)"/g)].map(([, src]) => src ?? '')
    expect(scripts.length).toBeGreaterThan(0)
    for (const src of scripts) {
      const path = new URL(src, `${server.http.url}/docs/`).pathname
      expect((await server.request(path)).status).toBe(200)
    }
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/upgrade-insecure-requests|https?:/)
  })
})
