import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { type ChainWorld, openChainWorld } from './chain-world.ts'
import { createDesk } from './desk.ts'
import { waitForRest } from './quiescence.ts'
import { createRandom } from './random.ts'
import { readChanges } from './read-log.ts'
import { pollUpdates, readMails } from './requests.ts'
import { modes } from './system.ts'

const PASSENGERS = 5
const DESKS = 50
const EDITS_PER_DESK = 2

describe.each(modes)('the whole chain, %s', (mode) => {
  let world: ChainWorld

  beforeAll(async () => {
    world = await openChainWorld({ mode, asBuilt: true }, { departures: 4, passengers: PASSENGERS })
  })

  afterAll(() => world?.[Symbol.asyncDispose]())

  const mailsTo = async (flight: number) => {
    const mails = await readMails(world.system, world.cookie)
    return mails.filter(({ to }) => to.endsWith(`.${flight}@example.com`))
  }

  test('a new gate is on the socket, at the poller, in the mails and in the history', async () => {
    const id = world.flight(1)
    const page = await world.follow(id)
    const before = await pollUpdates(world.url)
    const { revision } = await world.console.client.departures.setGate({ ...(await world.command(id)), gate: 'C7' })

    const frame = await page.waitFor('departure')
    expect(frame).toMatchObject({
      departure: { id, gate: 'C7', revision },
      change: { fields: { gate: { from: 'B1', to: 'C7' } } },
    })
    const after = await pollUpdates(world.url, before.body?.cursor)
    expect(after.body?.flights).toMatchObject([{ id, gate: 'C7', revision }])
    expect((await pollUpdates(world.url, before.body?.cursor, after.etag)).body).toBeUndefined()

    await eventually(async () => (await mailsTo(1)).length === PASSENGERS, 20_000)
    const mails = await mailsTo(1)
    expect(new Set(mails.map(({ to }) => to)).size).toBe(PASSENGERS)
    for (const { text } of mails) expect(text).toContain('C7')
    await waitForHistory(id, PASSENGERS)
    const [, line] = await world.console.client.departures.history({ id })
    expect(line).toMatchObject({
      change: { source: 'desk', by: { name: 'admin' } },
      decision: { outcome: 'told', reason: 'told: gate' },
      deliveries: { sent: PASSENGERS, queued: 0, uncertain: 0 },
    })
    const shown = await (await fetch(`${world.url}/api/flights/${id}/history`)).text()
    expect(shown).toContain('C7')
    expect(shown).not.toContain('admin')
  })

  const waitForHistory = (id: string, sent: number) =>
    eventually(async () => {
      const lines = await world.console.client.departures.history({ id })
      return lines.at(-1)?.deliveries?.sent === sent
    }, 20_000)

  test('a broadcast is counted before it is sent, reaches pages and passengers, and its progress ends', async () => {
    const { broadcasts } = world.console.client
    const flightIds = [world.flight(2), world.flight(3)]
    const page = await world.follow(world.flight(2))
    expect(await broadcasts.preview({ audience: { flightIds } })).toEqual({ departures: 2, passengers: 2 * PASSENGERS })
    const { id } = await broadcasts.send({
      commandId: crypto.randomUUID(),
      audience: { flightIds },
      text: 'Water is served at the gate.',
      severity: 'warning',
      channels: ['email'],
      validMinutes: 60,
    })
    expect((await page.waitFor('notice')).notice).toMatchObject({ text: 'Water is served at the gate.' })
    const isDone = async () => (await broadcasts.progress({ id })).deliveries.sent === 2 * PASSENGERS
    await eventually(isDone, 20_000)
    expect(await broadcasts.progress({ id })).toMatchObject({
      passengers: 10,
      deliveries: { queued: 0, attempting: 0 },
    })
    expect((await mailsTo(3)).map(({ text }) => text.includes('Water is served'))).toEqual(Array(PASSENGERS).fill(true))
  })

  test(`${DESKS} desks editing one departure at once lose no edit`, async () => {
    const id = world.flight(0)
    const { revision } = await world.see(id)
    const { url, cookie } = world
    const first = await world.see(id)
    const desks = Array.from({ length: DESKS }, (_, seed) =>
      // Each knows only what it has seen itself, as people at different stations do.
      createDesk({ url, cookie, random: createRandom(seed), known: new Map([[id, first]]) }),
    )
    const accepted = (
      await Promise.all(
        desks.map(async (desk) => {
          const made = []
          for (let edit = 0; edit < EDITS_PER_DESK; edit += 1) made.push(await desk.edit(id))
          return made
        }),
      )
    ).flat()
    for (const desk of desks) desk.close()

    const engine = await world.system.openEngine()
    try {
      await eventually(async () => (await engine.stores.departures.backlog()).count === 0, 30_000)
      expect(accepted).toHaveLength(DESKS * EDITS_PER_DESK)
      expect((await engine.stores.departures.get(id))?.revision).toBe(revision + accepted.length)
      expect(new Set(accepted.map((edit) => edit.revision)).size).toBe(accepted.length)
      const history = await engine.stores.history.list(id)
      const commands = history.flatMap(({ commandId }) => commandId ?? [])
      expect(new Set(commands)).toEqual(new Set(accepted.map(({ commandId }) => commandId)))
      expect(commands).toHaveLength(accepted.length)
      const logged = (await readChanges(engine.log)).filter(({ departureId }) => departureId === id)
      expect(new Set(logged.map((change) => change.id)).size).toBe(revision + accepted.length)
    } finally {
      await engine.close()
    }
  })

  test('ends at rest: nothing unpublished, undecided or unsent but open windows for merging', async () => {
    const engine = await world.system.openEngine()
    try {
      await waitForRest(engine, { timeout: 60_000, ignoreMerging: true })
    } finally {
      await engine.close()
    }
  })
})
