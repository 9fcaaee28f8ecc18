import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import { MERGE_WINDOW } from '../../../src/shared/domain/notice-policy.ts'
import type { LogMessage, LogRecord } from '../../../src/shared/ports/event-log.ts'
import type { NoticeStore } from '../../../src/shared/ports/notice-stores.ts'
import { departure, departures, NOON } from '../../../src/testing/fixtures/departure.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import type { NotifierContext } from '../context.ts'
import { createChangeHandler } from './decide-changes.ts'
import { decideDue } from './decide-due.ts'
import { createDecisionLock } from './decision-lock.ts'

let world: NotifierWorld
const about = departure()
const late = (minutes: number) => ({ estimatedAt: about.scheduledAt + minutes * MINUTE })

beforeEach(async () => {
  world = await openNotifierWorld()
})

afterEach(() => world[Symbol.asyncDispose]())

function record(message: Pick<LogMessage, 'value'> | undefined, offset = 0): LogRecord {
  return { topic: 'flight_updates', partition: 0, offset, key: about.id, value: message?.value }
}

/** One process that decides. */
function openDecider(more: Partial<NotifierContext> = {}) {
  const context = world.context(more)
  const lock = createDecisionLock(context)
  const seen = { notices: 0 }
  const handle = createChangeHandler(context, lock, () => {
    seen.notices += 1
  })
  return {
    handle: (...messages: LogMessage[]) => handle(messages.map(record)),
    raw: handle,
    due: () => decideDue(context, lock),
    seen,
  }
}

const pending = async () =>
  (await world.stores.notices.pendingFanOut(NOON + 24 * HOUR, 100)).map(({ notice }) => notice)

describe('deciding on changes', () => {
  test('keeps notice, decision and state, and says that there is something to fan out', async () => {
    const decider = openDecider()
    await decider.handle(world.edit(late(40)))
    expect(await pending()).toMatchObject([{ id: `${about.id}:2`, kinds: ['delay'], departure: { revision: 2 } }])
    expect(await world.stores.notices.decisions(about.id)).toMatchObject([
      { outcome: 'told', noticeId: `${about.id}:2` },
    ])
    expect(await world.stores.notices.state(about.id)).toMatchObject({ lastRevision: 2, sequence: 1 })
    expect(decider.seen.notices).toBe(1)
  })

  test('leaves one decision with the reason for what tells nobody', async () => {
    const decider = openDecider()
    await decider.handle(world.edit({ boardingAt: NOON }), world.edit(late(8)))
    expect(await world.stores.notices.decisions(about.id)).toMatchObject([
      { outcome: 'silent', reason: 'nothing that passengers are told about' },
      { outcome: 'silent', reason: 'time moved by 8 min, under 15' },
    ])
    expect([await pending(), decider.seen.notices]).toEqual([[], 0])
  })

  test('the same event a hundred times is one notice', async () => {
    const decider = openDecider()
    const event = world.edit(late(40))
    await decider.handle(...Array.from({ length: 50 }, () => event))
    for (let time = 0; time < 50; time += 1) await decider.handle(event)
    expect(await pending()).toHaveLength(1)
    expect((await world.stores.notices.state(about.id))?.sequence).toBe(1)
  })

  test('revisions that arrive out of order never take a step back', async () => {
    const decider = openDecider()
    const [second, third] = [world.edit(late(40)), world.edit(late(90))]
    await decider.handle(third, second)
    expect(await pending()).toMatchObject([
      { id: `${about.id}:3`, after: { estimatedAt: about.scheduledAt + 90 * MINUTE } },
    ])
  })

  test('many departures in one batch are kept apart', async () => {
    await world[Symbol.asyncDispose]()
    const many = departures(250, { scheduledAt: about.scheduledAt })
    world = await openNotifierWorld(many)
    await openDecider().handle(...many.map(({ id }) => world.edit(late(60), { id })))
    expect(new Set((await pending()).map(({ departureId }) => departureId)).size).toBe(100)
    expect((await world.stores.notices.pendingFanOut(NOON, 1_000)).length).toBe(250)
  })
})

describe('records that cannot be read', () => {
  test.each([
    ['no JSON', '{'],
    ['no value', undefined],
    [
      'another type',
      JSON.stringify({
        specversion: '1.0',
        id: 'x',
        source: '/x',
        type: 'x.v9',
        subject: 'x',
        time: '2026-11-20T12:00:00Z',
        data: {},
      }),
    ],
    [
      'a departure without its parts',
      JSON.stringify({
        specversion: '1.0',
        id: 'x',
        source: '/x',
        type: 'flightline.departure.changed.v1',
        subject: 'x',
        time: '2026-11-20T12:00:00Z',
        data: { departure: { id: 'x' } },
      }),
    ],
    ['a megabyte of nothing', 'x'.repeat(1_200_000)],
  ])('%s: set aside with the reason, and the others are decided', async (_name, value) => {
    const decider = openDecider()
    const poison = { ...record(undefined, 7), value }
    await decider.raw([poison, record(world.edit(late(40)), 8)])
    expect(await world.log.buried('flight_updates')).toMatchObject([{ record: { offset: 7 } }])
    expect(await pending()).toHaveLength(1)
    expect(world.logger.lines.map(({ message }) => message)).toContain('event set aside')
  })

  test('that cannot even be set aside are tried again, not skipped', async () => {
    world.log.failWith(new Error('log is away'))
    await expect(openDecider().raw([record(undefined)])).rejects.toThrow('log is away')
  })
})

describe('a crash between the three writes', () => {
  test.each(['put', 'saveDecisions', 'saveState'] as const)(
    'before %s: the same notice once, and nothing lost',
    async (name) => {
      const event = world.edit(late(40))
      await expect(openDecider({ stores: { ...world.stores, notices: failing(name) } }).handle(event)).rejects.toThrow(
        'crash',
      )
      world.clock.advance(10 * MINUTE)
      const reborn = openDecider({ owner: 'process-2' })
      await reborn.handle(event)
      await reborn.handle(event)
      expect(await pending()).toMatchObject([{ id: `${about.id}:2` }])
      expect(await world.stores.notices.decisions(about.id)).toHaveLength(1)
      expect(await world.stores.notices.state(about.id)).toMatchObject({ sequence: 1, lastRevision: 2 })
    },
  )

  function failing(name: keyof NoticeStore): NoticeStore {
    return { ...world.stores.notices, [name]: () => Promise.reject(new Error('crash')) }
  }
})

describe('the end of a window for merging', () => {
  test('is stored, so it comes also after a restart, once', async () => {
    await openDecider().handle(world.edit(late(20)), world.edit(late(60)), world.edit(late(90)))
    expect(await pending()).toHaveLength(1)
    const reborn = openDecider({ owner: 'process-2', stores: world.otherStores })
    expect(await reborn.due()).toBe(false)
    world.clock.advance(MERGE_WINDOW)
    expect([await reborn.due(), await reborn.due()]).toEqual([true, false])
    expect(await pending()).toMatchObject([
      { id: `${about.id}:2` },
      { id: `${about.id}:4`, createdAt: NOON + MERGE_WINDOW },
    ])
    expect(await world.stores.notices.decisions(about.id)).toMatchObject([
      {},
      { outcome: 'merged' },
      { outcome: 'told' },
    ])
  })

  test('and a change of the same moment in another process are decided one after the other', async () => {
    const [one, other] = [openDecider(), openDecider({ owner: 'process-2', stores: world.otherStores })]
    await one.handle(world.edit(late(20)), world.edit(late(60)))
    world.clock.advance(MERGE_WINDOW)
    const change = world.edit({ cancelled: { at: NOON } })
    await Promise.all([one.due(), other.handle(change)])
    const found = await world.stores.notices.pendingFanOut(NOON + HOUR, 10)
    expect(new Set(found.map(({ sequence }) => sequence)).size).toBe(found.length)
    expect(found.at(-1)?.notice.after.cancelled).toBe(true)
    expect((await world.stores.notices.state(about.id))?.pending).toBeUndefined()
  })

  test('waits for a process that holds the lock, and goes on when that one is dead', async () => {
    const request = { name: 'notifier-decide', owner: 'dead', now: NOON, ttl: 5_000 }
    await world.stores.leases.acquire(request)
    const decided = openDecider().handle(world.edit(late(40)))
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await pending()).toEqual([])
    world.clock.advance(5_001)
    await decided
    expect(await pending()).toHaveLength(1)
  })
})
