import { describe, expect, test } from 'vitest'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { connectPush } from '../../../src/testing/push/push-client.ts'
import { startPushWorld } from '../../../src/testing/push/push-world.ts'
import { openRaw } from '../../../src/testing/push/raw-client.ts'

const PUBLIC = 'https://flights.example.com'

describe('a handshake of our own page, or of none, is answered', () => {
  test.each([
    ['no Origin, as of programs that are no browsers', {}],
    ['the public page', { origin: PUBLIC }],
  ])('%s', async (_name, headers) => {
    await using world = await startPushWorld()
    await (await world.connect({ headers })).waitFor('hello')
  })

  test('the page under the name by which it was asked for', async () => {
    await using world = await startPushWorld()
    await (await world.connect({ headers: { origin: `http://127.0.0.1:${world.port}` } })).waitFor('hello')
  })
})

describe('a handshake of a foreign page is refused with 403', () => {
  test.each([
    ['another site', 'https://evil.example.com'],
    ['a sandboxed page', 'null'],
    ['a file', 'file://'],
    ['the same host on another port', 'http://127.0.0.1'],
    ['a name that begins like ours', `${PUBLIC}.evil.example`],
    ['our name without TLS', 'http://flights.example.com'],
  ])('%s', async (_name, origin) => {
    await using world = await startPushWorld()
    const refused = connectPush(world.url, { headers: { origin } })
    await expect(refused).rejects.toThrow(/^403 {"code":"FL_ORIGIN_FOREIGN","message":"[^"]+"}$/)
    expect(world.push.health()).toMatchObject({ sockets: 0 })
    expect(await world.metrics.metrics()).toContain('flightline_push_refused_total{code="FL_ORIGIN_FOREIGN"} 1')
  })

  test('before the upgrade: no key is answered, no frame is read, and the connection ends', async () => {
    await using world = await startPushWorld()
    const { socket, received } = openRaw(world.port, { headers: ['Origin: null'] })
    await eventually(() => socket.destroyed)
    expect(received().head).toMatch(/^HTTP\/1\.1 403 /)
    expect(received().head).not.toMatch(/sec-websocket/i)
    expect(received().frames).toEqual([])
  })

  test('two of them, of which one is ours, are foreign, too', async () => {
    await using world = await startPushWorld()
    const { socket, received } = openRaw(world.port, {
      headers: ['Origin: https://evil.example.com', `Origin: ${PUBLIC}`],
    })
    await eventually(() => socket.destroyed)
    expect(received().head).toMatch(/^HTTP\/1\.1 403 /)
  })
})
