import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { SESSION_LENGTH } from '../../../shared/desk/sign-in.ts'
import { OWN, openDeskBench, PASSWORD } from '../../../testing/fixtures/desk-bench.ts'
import { directHost, memoryVault, openPage } from '../../../testing/fixtures/desktop-sides.ts'
import { eventually } from '../../../testing/fixtures/eventually.ts'
import { openHttpBench } from '../../../testing/fixtures/http-bench.ts'
import { selfSigned } from '../../../testing/fixtures/self-signed.ts'
import { temporaryFolder } from '../../../testing/fixtures/temporary-folder.ts'
import { startTcpProxy } from '../../../testing/services/tcp-proxy.ts'
import type { DeskHostParts } from '../desk-host.ts'
import { nameService } from '../desk-settings.ts'
import { LOOK_EVERY } from '../upstream.ts'

const credentials = { name: 'gwen', password: PASSWORD }
const unavailable = { code: 'FL_DESK_UNAVAILABLE', status: 503 }

/** A desktop behind a server; the network between them can be cut. */
async function openServed() {
  const server = await openHttpBench()
  const { hostname, port } = new URL(server.http.url)
  const network = await startTcpProxy({ host: hostname, port: Number(port) })
  const folder = await temporaryFolder('served')
  const vault = memoryVault()
  const settings = { mode: 'served', serverUrl: `http://127.0.0.1:${network.port}` } as const
  const start = async (more: Partial<DeskHostParts> = {}) => {
    const host = directHost(server.bench, { folder: folder.path, vault, ...more })
    await host.use(settings)
    return host
  }
  return {
    ...{ bench: server.bench, network, vault, start, settings },
    async [Symbol.asyncDispose]() {
      await network[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** A server of somebody else; it remembers what it was asked. */
async function openStranger(answer: RequestListener, tls?: ReturnType<typeof selfSigned>) {
  const asked: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    asked.push(request)
    answer(request, response)
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  server.on('upgrade', (request, socket) => {
    asked.push(request)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, so it is no pipe's name
  const bench = await openDeskBench()
  const folder = await temporaryFolder('stranger')
  const host = directHost(bench, { folder: folder.path })
  const serverUrl = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  await host.use({ mode: 'served', serverUrl })
  return {
    ...{ host, bench, asked, serverUrl },
    async [Symbol.asyncDispose]() {
      await host.close()
      await new Promise((resolve) => server.close(resolve))
      await bench[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

describe('a desktop behind a server', () => {
  test('is well as soon as the server answers, before anybody is signed in', async () => {
    await using given = await openServed()
    const host = await given.start()
    await eventually(() => host.links.read().store.status === 'ok')
    expect(host.links.read().log.status).toBe('ok')
    expect(await openPage(host).client.session.current()).toBeNull()
    await expect(openPage(host).client.departures.list()).rejects.toMatchObject({ code: 'FL_SESSION_MISSING' })
    await host.close()
  })

  test('keeps its sign-in over a restart, and the server’s end of it', async () => {
    await using given = await openServed()
    const before = await given.start()
    await openPage(before).client.session.signIn(credentials)
    await before.close()
    expect(JSON.parse(given.vault.text ?? '')).toMatchObject({
      actor: { name: 'gwen' },
      endsAt: given.bench.parts.clock.wall() + SESSION_LENGTH,
    })
    const after = await given.start()
    expect(await openPage(after).client.session.current()).toMatchObject({ name: 'gwen' })
    await after.close()
  })

  test('notices that its session was ended at the server', async () => {
    await using given = await openServed()
    const before = await given.start()
    await openPage(before).client.session.signIn(credentials)
    await before.close()
    await given.bench.parts.stores.staff.endSessionsOf('gwen')
    const after = await given.start()
    await eventually(() => after.session.actor() === undefined)
    expect(await openPage(after).client.session.current()).toBeNull()
    expect(after.links.read().store.status).toBe('ok')
    await after.close()
  })

  test('goes on with the same person’s new session when they sign in once more', async () => {
    await using given = await openServed()
    const host = await given.start()
    const { client } = openPage(host)
    for (let count = 0; count < 3; count += 1) {
      await client.session.signIn(credentials)
      expect((await client.departures.list()).departures).toHaveLength(2)
    }
    await host.close()
  })

  test('signs out at the server', async () => {
    await using given = await openServed()
    const host = await given.start()
    const { client } = openPage(host)
    await client.session.signIn(credentials)
    const { token } = JSON.parse(given.vault.text ?? '')
    await client.session.signOut()
    const { staff } = given.bench.parts.stores
    expect(await staff.session(given.bench.parts.tokens.hash(token))).toBeUndefined()
    expect(given.vault.text).toBeUndefined()
    await host.close()
  })
})

describe('a network that swallows everything', () => {
  test('is noticed, its watches end, and everything goes on when it is back', async () => {
    await using given = await openServed()
    const host = await given.start()
    const { client } = openPage(host)
    await client.session.signIn(credentials)
    const watch = await client.departures.watch()
    for (let count = 0; count < 2; count += 1) await watch.next()
    given.network.hang()
    const end = watch.next()
    // Asked for a sign of life, and asked again without having given one.
    for (let count = 0; count < 2; count += 1) given.bench.parts.timer.fire(LOOK_EVERY)
    await expect(end).rejects.toMatchObject(unavailable)
    expect(host.links.read().store).toMatchObject({ status: 'lost', message: expect.any(String) })
    expect(host.recall()).toMatchObject({ actor: { name: 'gwen' } })
    given.network.resume()
    await eventually(() => host.links.read().store.status === 'ok', 20_000)
    const command = { id: OWN, revision: 1, commandId: crypto.randomUUID(), gate: 'C9' }
    expect(await client.departures.setGate(command)).toMatchObject({ revision: 2 })
    await host.close()
  })

  test('leaves a line alone that gives signs of life', async () => {
    await using given = await openServed()
    const host = await given.start()
    const { client } = openPage(host)
    await client.session.signIn(credentials)
    for (let count = 0; count < 4; count += 1) {
      given.bench.parts.timer.fire(LOOK_EVERY)
      expect((await client.departures.list()).departures).toHaveLength(2)
    }
    await host.close()
  })
})

describe('a server that is none of ours', () => {
  test('gets no password over plain http unless it is this machine', async () => {
    const bench = await openDeskBench()
    await using folder = await temporaryFolder('plain')
    const host = directHost(bench, { folder: folder.path })
    await host.use({ mode: 'served', serverUrl: 'http://192.0.2.1' })
    await expect(openPage(host).client.session.signIn(credentials)).rejects.toMatchObject(unavailable)
    expect(host.links.read().store).toMatchObject({ status: 'lost', message: expect.stringContaining('https') })
    await host.close()
    await bench[Symbol.asyncDispose]()
  })

  test('with a certificate that nobody vouches for gets nothing', async () => {
    await using stranger = await openStranger((_request, response) => response.end('null'), selfSigned())
    const { host, asked } = stranger
    await expect(openPage(host).client.session.signIn(credentials)).rejects.toMatchObject(unavailable)
    await eventually(() => host.links.read().store.status === 'lost')
    expect(host.links.read().store.message).toMatch(/^The certificate of the server is not accepted \(/)
    expect(asked).toEqual([])
  })

  test('with such a certificate is not shown the session of an earlier day either', async () => {
    await using stranger = await openStranger((_request, response) => response.end('null'), selfSigned())
    const { serverUrl, bench, asked } = stranger
    await using folder = await temporaryFolder('restored')
    const vault = memoryVault()
    const service = nameService({ mode: 'served', serverUrl })
    const actor = { name: 'gwen', role: 'gate', stations: ['JFK'] }
    vault.text = JSON.stringify({ service, token: 'token-1', actor, endsAt: bench.parts.clock.wall() + 1 })
    const host = directHost(bench, { folder: folder.path, vault })
    await host.use({ mode: 'served', serverUrl })
    await eventually(() => host.links.read().store.status === 'lost')
    expect(host.links.read().store.message).toMatch(/^The certificate of the server is not accepted/)
    expect([asked, host.session.actor()?.name]).toEqual([[], 'gwen'])
    await host.close()
  })

  test('that sends elsewhere is not followed', async () => {
    await using target = await openStranger((_request, response) => response.end('null'))
    const before = target.asked.length
    await using stranger = await openStranger((_request, response) => {
      response.writeHead(307, { location: `${target.serverUrl}/api/session` }).end()
    })
    await expect(openPage(stranger.host).client.session.signIn(credentials)).rejects.toMatchObject(unavailable)
    await eventually(() => stranger.host.links.read().store.status === 'lost')
    expect(target.asked.slice(before).filter(({ method }) => method === 'POST')).toEqual([])
  })

  test.each([
    ['a page', 200, '<html>'],
    ['a name without a session', 200, '{"name":"gwen","role":"gate","stations":["JFK"]}'],
    ['another program’s error', 500, '{"error":"no"}'],
    ['more than anybody needs', 200, `"${'x'.repeat(100_000)}"`],
  ])('and answers with %s signs nobody in', async (_, status, body) => {
    await using stranger = await openStranger((_request, response) => response.writeHead(status).end(body))
    await expect(openPage(stranger.host).client.session.signIn(credentials)).rejects.toMatchObject(unavailable)
    expect(stranger.host.session.actor()).toBeUndefined()
  })

  test('tells no address in what a person reads', async () => {
    const bench = await openDeskBench()
    await using folder = await temporaryFolder('nowhere')
    const host = directHost(bench, { folder: folder.path })
    await host.use({ mode: 'served', serverUrl: 'https://127.0.0.1:9' })
    await eventually(() => host.links.read().store.status === 'lost')
    expect(host.links.read().store.message).toBe('The server does not answer (ECONNREFUSED).')
    await host.close()
    await bench[Symbol.asyncDispose]()
  })
})

test('the cookie of one server is never shown to another', async () => {
  await using given = await openServed()
  await using stranger = await openStranger((_request, response) => response.end('null'))
  const host = await given.start()
  await openPage(host).client.session.signIn(credentials)
  const before = stranger.asked.length
  await host.use({ mode: 'served', serverUrl: stranger.serverUrl })
  await eventually(() => stranger.asked.length > before)
  expect(stranger.asked.map(({ headers }) => headers.cookie)).toEqual(stranger.asked.map(() => undefined))
  await host.close()
})

test('a sign-in that a server grants when it was left goes neither to the next one nor to disk', async () => {
  const granted = Promise.withResolvers<void>()
  await using first = await openStranger(({ method }, response) => {
    if (method !== 'POST') return response.end('null')
    const body = JSON.stringify({ name: 'gwen', role: 'gate', stations: ['JFK'] })
    void granted.promise.then(() => response.setHeader('set-cookie', 'flightline_session=token-1').end(body))
  })
  await using second = await openStranger((_request, response) => response.end('null'))
  const { host, asked } = first
  const signingIn = openPage(host).client.session.signIn(credentials)
  await eventually(() => asked.some(({ method }) => method === 'POST'))
  const before = second.asked.length
  await host.use({ mode: 'served', serverUrl: second.serverUrl })
  granted.resolve()
  await expect(signingIn).rejects.toMatchObject(unavailable)
  await eventually(() => second.asked.length > before)
  expect(host.session.actor()).toBeUndefined()
  expect(second.asked.filter(({ headers }) => headers.cookie !== undefined)).toEqual([])
})
