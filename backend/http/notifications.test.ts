import { describe, expect, test } from 'vitest'
import { createSealer } from '../../src/node/secrets/sealer.ts'
import { unsubscribeToken } from '../../src/shared/desk/subscriptions.ts'
import { OWN } from '../../src/testing/fixtures/desk-bench.ts'
import { type HttpBench, openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const bob = { flightId: OWN, email: 'bob@example.com' }
const post = (server: HttpBench, json: unknown) => server.request('/api/notifications', { json })
const confirmed = ({ bench }: HttpBench) => bench.parts.stores.subscriptions.listConfirmed(OWN)

describe('POST /api/notifications', () => {
  test('a request is accepted, and nobody is told before the owner of the address confirmed', async () => {
    await using server = await openHttpBench()
    const { status, json, text } = await post(server, { ...bob, language: 'de' })
    expect([status, json]).toEqual([202, { status: 'confirmation-sent' }])
    expect(text).not.toContain('bob')
    expect(server.confirmations).toMatchObject([{ subscription: { language: 'de', departureId: OWN } }])
    expect(await confirmed(server)).toEqual([])
  })

  test('the token of the mail confirms, also twice', async () => {
    await using server = await openHttpBench()
    await post(server, bob)
    const token = server.confirmations[0]?.confirmToken
    for (let time = 0; time < 2; time += 1) {
      const { status, json } = await server.request('/api/notifications/confirm', { json: { token } })
      expect([status, json]).toEqual([200, { status: 'confirmed', flightId: OWN }])
    }
    expect(await confirmed(server)).toHaveLength(1)
  })

  test('a link that is only looked at changes nothing', async () => {
    await using server = await openHttpBench()
    await post(server, bob)
    const token = server.confirmations[0]?.confirmToken
    for (const path of ['confirm', 'unsubscribe']) {
      expect((await server.request(`/api/notifications/${path}?token=${token}`)).status).toBe(404)
    }
    expect(await confirmed(server)).toEqual([])
  })

  test('mail programs end it with one click, from anywhere and more than once', async () => {
    await using server = await openHttpBench()
    await post(server, bob)
    await server.request('/api/notifications/confirm', { json: { token: server.confirmations[0]?.confirmToken } })
    const key = server.confirmations[0]?.subscription ?? { departureId: '', recipient: '' }
    const token = unsubscribeToken(createSealer(new Uint8Array(32).fill(7)), key)
    const form = { body: 'List-Unsubscribe=One-Click', type: 'application/x-www-form-urlencoded' }
    const parts = { body: '--x\r\n\r\nOne-Click\r\n--x--', type: 'multipart/form-data; boundary=x' }
    for (const { body, type } of [form, parts]) {
      const url = `${server.http.url}/api/notifications/unsubscribe?token=${token}`
      const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })
      expect([response.status, await response.json()]).toEqual([200, { status: 'ended', flightId: OWN }])
    }
    const bare = await server.request(`/api/notifications/unsubscribe?token=${token}`, { method: 'POST' })
    expect(bare.status).toBe(200)
    expect(await confirmed(server)).toEqual([])
  })

  test('forms are taken nowhere else', async () => {
    await using server = await openHttpBench()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await server.request('/api/notifications', { method: 'POST', csv: 'a=b', headers })
    expect([answer.status, answer.json]).toMatchObject([415, { code: 'FL_MEDIA_UNSUPPORTED' }])
  })

  test('tokens that nobody was sent read alike', async () => {
    await using server = await openHttpBench()
    const token = 'made-up-token-of-good-length'
    for (const path of ['/api/notifications/confirm', `/api/notifications/unsubscribe?token=${token}`]) {
      const { status, json } = await server.request(path, { json: { token } })
      expect([status, json]).toMatchObject([404, { code: 'FL_SUBSCRIPTION_UNKNOWN' }])
    }
  })

  test('one address gets three confirmations an hour, and nobody learns that it got no more', async () => {
    await using server = await openHttpBench()
    const spellings = ['bob@example.com', 'BOB@example.com', 'Bob@Example.com', 'bob@example.COM', 'bOb@example.com']
    for (const email of spellings) {
      const { status, json } = await post(server, { ...bob, email })
      expect([status, json]).toEqual([202, { status: 'confirmation-sent' }])
    }
    expect(server.confirmations).toHaveLength(3)
    await post(server, { ...bob, email: 'carol@example.com' })
    expect(server.confirmations).toHaveLength(4)
  })

  test('a mail that cannot be sent is logged without the address', async () => {
    const sendConfirmation = async () => {
      throw new Error('no connection')
    }
    await using server = await openHttpBench({ parts: { sendConfirmation } })
    expect((await post(server, bob)).status).toBe(202)
    await expect.poll(() => server.bench.lines.length).toBeGreaterThan(0)
    expect(JSON.stringify(server.bench.lines)).not.toContain('bob')
  })

  test.each([
    [{ ...bob, email: 'bob' }, 400, 'FL_BAD_REQUEST'],
    [{ ...bob, email: 'bob@example.com\r\nBcc: all@example.com' }, 400, 'FL_BAD_REQUEST'],
    [{ ...bob, email: `${'b'.repeat(250)}@example.com` }, 400, 'FL_BAD_REQUEST'],
    [{ ...bob, language: 'english please' }, 400, 'FL_BAD_REQUEST'],
    [{ flightId: OWN }, 400, 'FL_BAD_REQUEST'],
    [{ email: bob.email }, 400, 'FL_BAD_REQUEST'],
    [{ ...bob, flightId: 'XX1-2026-11-20-JFK' }, 404, 'FL_DEPARTURE_UNKNOWN'],
    [{ ...bob, flightId: 'nonsense' }, 404, 'FL_DEPARTURE_UNKNOWN'],
    [{ flightId: OWN, phone: '+12125550100' }, 422, 'FL_CHANNEL_UNAVAILABLE'],
    [{ flightId: OWN, push: { endpoint: 'http://169.254.169.254' } }, 422, 'FL_CHANNEL_UNAVAILABLE'],
  ])('%j', async (json, status, code) => {
    await using server = await openHttpBench()
    const answer = await post(server, json)
    expect([answer.status, answer.json]).toMatchObject([status, { code }])
    expect(server.confirmations).toEqual([])
  })

  test('one caller cannot ask for ever', async () => {
    await using server = await openHttpBench()
    const ask = async (index: number) => (await post(server, { ...bob, email: `p${index}@example.com` })).status
    const statuses = await Promise.all(Array.from({ length: 65 }, (_, index) => ask(index)))
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
    expect(server.confirmations).toHaveLength(60)
  })
})
