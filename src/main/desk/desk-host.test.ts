import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { PULSE } from '../../shared/desk/watch.ts'
import { DAY, HOUR, MINUTE } from '../../shared/domain/instant.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { creation } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { OWN, openDeskBench, PASSWORD } from '../../testing/fixtures/desk-bench.ts'
import { directHost, memoryVault, openPage } from '../../testing/fixtures/desktop-sides.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { createDeskHost, type DeskHost, type DeskHostParts, LONGEST_FAREWELL } from './desk-host.ts'
import { nameService } from './desk-settings.ts'

const settings = { mode: 'embedded' } as const
const unavailable = { code: 'FL_DESK_UNAVAILABLE', status: 503 }
const gate = (revision: number, value: string) => ({
  ...{ id: OWN, revision, commandId: crypto.randomUUID(), gate: value },
})

/** A desktop that can be started again: what it keeps stays. */
async function desktop(more: Partial<DeskHostParts> = {}) {
  const bench = await openDeskBench()
  const folder = await temporaryFolder('host')
  const vault = memoryVault()
  const opened: DeskHost[] = []
  const start = async (parts: Partial<DeskHostParts> = {}) => {
    const host = directHost(bench, { folder: folder.path, vault, ...more, ...parts })
    opened.push(host)
    await host.use(settings)
    return host
  }
  return {
    ...{ bench, vault, start, folder: folder.path },
    async [Symbol.asyncDispose]() {
      for (const host of opened) await host.close()
      await bench[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const signIn = (host: DeskHost, name: string, page = 1) => {
  const { client } = openPage(host, page)
  return client.session.signIn({ name, password: PASSWORD }).then(() => client)
}

/** Reads a snapshot and one pulse: what a page has seen when it shows a board. */
async function watched(client: ReturnType<typeof openPage>['client']) {
  const watch = await client.departures.watch()
  for (let message = await watch.next(); !message.done && message.value.type !== 'pulse'; ) message = await watch.next()
  return watch
}

const neverOpens: DeskHostParts['open'] = () => Promise.reject(new FlightlineError('FL_STORE_UNAVAILABLE'))

describe('a desktop without a service', () => {
  test('says so to every call, and has no mode before its first settings', async () => {
    await using folder = await temporaryFolder('host')
    const host = createDeskHost({ folder: folder.path, vault: memoryVault(), logger: silentLog() })
    const { client, close } = openPage(host)
    expect(host.mode()).toBe('unconfigured')
    await expect(client.session.current()).rejects.toMatchObject(unavailable)
    await expect(client.departures.setGate(gate(1, 'C9'))).rejects.toMatchObject(unavailable)
    const watch = await client.departures.watch()
    await expect(watch.next()).rejects.toMatchObject(unavailable)
    expect(host.recall()).toBeNull()
    close()
    await host.close()
  })

  test('tries until stores and log answer, and tells meanwhile what is lost', async () => {
    const failures = [new FlightlineError('FL_STORE_UNAVAILABLE'), new FlightlineError('FL_LOG_UNAVAILABLE')]
    await using given = await desktop()
    const { parts, log } = given.bench
    const engine = { stores: parts.stores, log, prune: async () => 0, close: async () => undefined }
    const seen: string[] = []
    const host = directHost(given.bench, {
      folder: given.folder,
      async open() {
        const failure = failures.shift()
        if (failure) throw failure
        return engine
      },
    })
    host.links.onChange(() => seen.push(`${host.links.read().store.status} ${host.links.read().log.status}`))
    await host.use(settings)
    await expect(openPage(host).client.session.current()).rejects.toMatchObject(unavailable)
    await eventually(() => host.links.read().log.status === 'ok')
    expect(seen).toEqual(['lost opening', 'lost lost', 'ok lost', 'ok ok'])
    expect(await signIn(host, 'gwen')).toBeDefined()
    await host.close()
  })
})

describe('a service that cannot be left in order', () => {
  const goOver = async (close: () => Promise<void>) => {
    const given = await desktop()
    const { parts, log } = given.bench
    const engine = { stores: parts.stores, log, prune: async () => 0 }
    const closes = [close]
    const host = directHost(given.bench, {
      folder: given.folder,
      open: async () => ({ ...engine, close: closes.shift() ?? (async () => undefined) }),
    })
    await host.use(settings)
    await signIn(host, 'gwen')
    return { given, host, timer: parts.timer }
  }

  test('keeps nobody from the next one', async () => {
    const { given, host } = await goOver(() => Promise.reject(new Error('the driver is confused')))
    await host.use(settings)
    expect(host.mode()).toBe('embedded')
    expect(await openPage(host).client.session.current()).toMatchObject({ name: 'gwen' })
    await host.close()
    await given[Symbol.asyncDispose]()
  })

  test('is given some seconds, in which the desk counts as set up', async () => {
    const { given, host, timer } = await goOver(() => new Promise(() => undefined))
    const elsewhere = { mode: 'served', serverUrl: 'https://127.0.0.1:9' } as const // as literals
    const going = host.use(elsewhere)
    await new Promise(setImmediate)
    expect(host.mode()).toBe('served')
    // Whoever is still signed in acts for the former service, and what they do is kept for that one.
    expect([host.session.actor()?.name, host.service()]).toEqual(['gwen', nameService(settings)])
    timer.fire(LONGEST_FAREWELL)
    await going
    expect([host.session.actor(), host.service()]).toEqual([undefined, nameService(elsewhere)])
    expect(host.mode()).toBe('served')
    await host.close()
    await given[Symbol.asyncDispose]()
  })

  test('once the desktop has ended there is no next one', async () => {
    const { given, host } = await goOver(async () => undefined)
    await host.close()
    await host.use(settings)
    expect(host.mode()).toBe('unconfigured')
    await given[Symbol.asyncDispose]()
  })
})

describe('the sign-in of a desktop', () => {
  test('outlives a restart and is confirmed by the service', async () => {
    await using given = await desktop()
    const before = await given.start()
    await signIn(before, 'gwen')
    await before.close()
    const after = await given.start()
    expect(after.session.actor()).toMatchObject({ name: 'gwen' })
    expect(await openPage(after).client.session.current()).toMatchObject({ name: 'gwen' })
    expect(await after.session.confirmed()).toMatchObject({ name: 'gwen' })
  })

  test('that the service has ended meanwhile is gone with the first answer', async () => {
    await using given = await desktop()
    const before = await given.start()
    await signIn(before, 'gwen')
    await before.close()
    await given.bench.parts.stores.staff.endSessionsOf('gwen')
    const after = await given.start()
    expect(await openPage(after).client.session.current()).toBeNull()
    expect([after.session.actor(), after.recall(), given.vault.text]).toEqual([undefined, null, undefined])
  })

  test('does nothing but show the last board while nobody can confirm it', async () => {
    await using given = await desktop()
    const before = await given.start()
    await watched(await signIn(before, 'gwen'))
    await before.close()
    const after = await given.start({ open: neverOpens })
    const { client } = openPage(after)
    expect(after.recall()).toMatchObject({ actor: { name: 'gwen' } })
    await expect(client.session.current()).rejects.toMatchObject(unavailable)
    await expect(client.departures.list()).rejects.toMatchObject(unavailable)
    await expect(client.departures.setGate(gate(1, 'C9'))).rejects.toMatchObject(unavailable)
  })

  test('ends for good although the service cannot be told', async () => {
    await using given = await desktop()
    const before = await given.start()
    await watched(await signIn(before, 'gwen'))
    await before.close()
    const after = await given.start({ open: neverOpens })
    await openPage(after).client.session.signOut()
    expect([after.session.actor(), after.recall()]).toEqual([undefined, null])
    await after.close()
    expect([given.vault.text, await readdir(given.folder)]).toEqual([undefined, []])
  })

  test('a window that still shows the former person does nothing in the name of the next one', async () => {
    await using given = await desktop()
    const host = await given.start()
    const [first, second] = [openPage(host, 1).client, openPage(host, 2).client]
    await first.session.signIn({ name: 'gwen', password: PASSWORD })
    await second.session.current()
    await first.session.signIn({ name: 'sue', password: PASSWORD })
    const expired = { code: 'FL_SESSION_EXPIRED', status: 401 }
    await expect(second.departures.setGate(gate(1, 'C9'))).rejects.toMatchObject(expired)
    await expect(second.session.signOut()).rejects.toMatchObject(expired)
    expect(await second.session.current()).toMatchObject({ name: 'sue' })
    expect(await second.departures.setGate(gate(1, 'C9'))).toMatchObject({ revision: 2 })
  })

  test.each([
    ['another person', unavailable],
    ['nobody', { code: 'FL_SESSION_MISSING', status: 401 }],
  ])('the watches of all windows end when it is followed by %s', async (next, reason) => {
    await using given = await desktop()
    const host = await given.start()
    const [first, second] = [await signIn(host, 'gwen', 1), openPage(host, 2).client]
    const watch = await watched(second)
    const end = watch.next()
    if (next === 'nobody') await first.session.signOut()
    else await first.session.signIn({ name: 'sue', password: PASSWORD })
    await expect(end).rejects.toMatchObject(reason)
    await eventually(() => given.bench.parts.timer.waiting(PULSE) === 0)
  })
})

describe('the last board of a desktop', () => {
  test('is there after a restart without any service, with its age', async () => {
    await using given = await desktop()
    const before = await given.start()
    const client = await signIn(before, 'gwen')
    await watched(client)
    await before.close()
    given.bench.parts.clock.advance(MINUTE)
    const after = await given.start({ open: neverOpens })
    expect(after.recall()).toMatchObject({ age: MINUTE, actor: { name: 'gwen' } })
    expect(after.recall()?.departures.map(({ id }) => id)).toContain(OWN)
  })

  test('ends with the session, whatever the service would say', async () => {
    await using given = await desktop()
    const host = await given.start()
    await watched(await signIn(host, 'gwen'))
    given.bench.parts.clock.advance(14 * HOUR)
    expect(host.recall()).toBeNull()
  })

  test('of one service is not shown under another', async () => {
    await using given = await desktop()
    const host = await given.start()
    await watched(await signIn(host, 'gwen'))
    await host.use({ mode: 'direct', connection: { mongoUrl: 'mongodb://other/', kafka: noKafka } })
    expect([host.recall(), host.session.actor()]).toEqual([null, undefined])
    await host.close()
    expect(await readdir(given.folder)).toEqual([])
  })
})

describe('other settings', () => {
  test('end the watches, close what was open, and lead to another service', async () => {
    const closed: string[] = []
    await using given = await desktop()
    const { parts, log } = given.bench
    const engine = { stores: parts.stores, log, prune: async () => 0, close: async () => void closed.push('engine') }
    const host = await given.start({ open: async () => engine })
    const client = await signIn(host, 'gwen')
    const end = (await watched(client)).next()
    await host.use(undefined)
    expect([closed.length, host.mode(), host.links.read().store.status]).toEqual([1, 'unconfigured', 'opening'])
    await expect(end).rejects.toMatchObject(unavailable)
    await expect(client.departures.list()).rejects.toMatchObject(unavailable)
    await host.use(settings)
    expect(await client.departures.list()).toMatchObject({ departures: expect.any(Array) })
    await host.close()
    expect(closed).toHaveLength(2)
  })

  test('that come one after the other end with the last', async () => {
    await using given = await desktop()
    const host = await given.start()
    const first = host.service()
    const changes = [undefined, { mode: 'served', serverUrl: 'https://127.0.0.1:9' } as const, settings]
    await Promise.all(changes.map((change) => host.use(change)))
    expect([host.mode(), host.service()]).toEqual(['embedded', first])
  })

  test('that lead nowhere are told like a lost link', async () => {
    await using given = await desktop()
    const host = await given.start()
    await host.use({ mode: 'served', serverUrl: 'http://ops.example.com' })
    expect(host.links.read().store).toMatchObject({ status: 'lost', message: expect.stringContaining('https://') })
    await expect(openPage(host).client.session.current()).rejects.toMatchObject(unavailable)
  })
})

test('a departure comes into view with the passing of days, on a board that stays open', async () => {
  await using given = await desktop()
  const { parts } = given.bench
  const host = await given.start()
  const client = await signIn(host, 'gwen')
  const later = departure({ id: 'B6900-2026-11-24-JFK', scheduledAt: NOON + 4 * DAY })
  await parts.stores.departures.commit(creation(later))
  // Published while it was out of view, so that only the passing of time can bring it in.
  await eventually(async () => (await parts.stores.departures.backlog()).count === 0)
  await new Promise((resolve) => setTimeout(resolve, 100))
  const shown = async () => (await client.departures.list()).departures.map(({ id }) => id)
  expect(await shown()).not.toContain(later.id)
  parts.clock.advance(2 * HOUR)
  for (let day = 0; day < 2; day += 1) {
    parts.clock.set({ operational: parts.clock.operational() + DAY })
    parts.timer.fire(MINUTE)
  }
  await eventually(async () => (await shown()).includes(later.id))
})

describe('links', () => {
  test('are lost as soon as a call finds out', async () => {
    await using given = await desktop()
    const host = await given.start()
    const client = await signIn(host, 'sue')
    expect(host.links.read()).toMatchObject({ store: { status: 'ok' }, log: { status: 'ok' } })
    given.bench.failWith(new FlightlineError('FL_STORE_UNAVAILABLE'))
    const preview = client.broadcasts.preview({ audience: { flightIds: [OWN] } })
    await expect(preview).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    expect(host.links.read().store.status).toBe('lost')
    given.bench.parts.timer.fire(5_000)
    await eventually(() => host.links.read().store.status === 'ok')
  })
})

const noKafka = { brokers: ['other:9092'], ssl: false, sasl: undefined }
