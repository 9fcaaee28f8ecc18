import { describe, expect, test } from 'vitest'
import { amend, create, type FactsPatch, type Stamp } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import { isDepartureId } from '../../../src/shared/domain/departure-id.ts'
import { MINUTE } from '../../../src/shared/domain/instant.ts'
import { deriveStatus } from '../../../src/shared/domain/status.ts'
import { sampleDay, sampleDays, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import type { DayPlan } from './day-plan.ts'
import { type DayRow, parseDay } from './day-row.ts'
import { planDay } from './plan-day.ts'

const reference = sampleReference()
const stamp: Stamp = { source: 'feed', at: 0, operationalAt: 0 }

// An ordinary day in winter and in summer, and both days on which New York changes its clocks.
const dates = ['2026-11-21', '2026-07-04', '2026-03-08', '2026-11-01']
const everyLaying = sampleDays.flatMap((day) => dates.map((today) => [day, today] as const))

/** Plays a plan to its end without any store. */
function playOut(plan: DayPlan): ReadonlyMap<string, Departure> {
  const states = new Map(
    plan.departures.map(({ identity, facts }) => [identity.id, create(identity, facts, stamp).next]),
  )
  for (const { departureId, patch } of plan.events) {
    const state = states.get(departureId)
    if (!state) throw new Error(`${departureId} was told of before it appeared`)
    states.set(departureId, amend(state, patch, stamp)?.next ?? state)
  }
  return states
}

function clockIn(zone: string | undefined, at: number | undefined): number {
  const text = new Date(at ?? Number.NaN).toLocaleTimeString('en-GB', { timeZone: zone ?? 'UTC' })
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

/** Checks one last state against its row in the terms of the file. */
function expectAsInFile(row: DayRow, last: Departure | undefined): void {
  const off = last?.offBlockAt === undefined ? undefined : (last.offBlockAt - last.scheduledAt) / MINUTE
  expect(off, `${last?.id} off-block`).toBe(row.departureDelay)
  expect(last?.cancelled !== undefined, `${last?.id} cancelled`).toBe(row.departure === undefined)
  expect(last?.inBlockAt !== undefined, `${last?.id} arrived`).toBe(row.arrival !== undefined)
  if (row.arrival === undefined) return
  const { inBlockAt = 0, scheduledArrivalAt = 0 } = last ?? {}
  if (row.arrivalDelay !== undefined) expect((inBlockAt - scheduledArrivalAt) / MINUTE).toBe(row.arrivalDelay)
}

describe.each(everyLaying)('%s laid over %s', (day, today) => {
  const rows = sampleDay(day)
  const plan = planDay(rows, reference, { today })
  const last = playOut(plan)

  test('has every row, and the last state of each equals the file', () => {
    expect(new Set(plan.departures.map(({ identity }) => identity.id)).size).toBe(rows.length)
    for (const [index, row] of rows.entries()) expectAsInFile(row, last.get(plan.departures[index]?.identity.id ?? ''))
  })

  test('keeps the local clock of departure on the date', () => {
    for (const [index, row] of rows.entries()) {
      const departure = plan.departures[index]
      expect(departure?.identity.originDate).toBe(today)
      expect(clockIn(departure?.identity.originZone, departure?.facts.scheduledAt)).toBe(row.scheduledDeparture)
    }
  })

  test('keeps the block of the original date in UTC minutes', () => {
    for (const [index, row] of rows.entries()) {
      const departure = plan.departures[index]
      if (!departure?.facts.scheduledArrivalAt) throw new Error('no scheduled arrival')
      const block = departure.facts.scheduledArrivalAt - departure.facts.scheduledAt
      const originalAt = (row.hourAt ?? 0) + (row.scheduledDeparture % 60) * MINUTE
      expect(clockIn(departure.identity.destinationZone, originalAt + block)).toBe(row.scheduledArrival)
      expect(block).toBeGreaterThan((row.distance ?? 0) * 0.08 * MINUTE)
      expect(block).toBeLessThan((90 + (row.distance ?? 0) * 0.2) * MINUTE)
    }
  })

  test('each departure is told in order, with times that follow one another', () => {
    for (const departure of last.values()) {
      const { boardingAt, finalCallAt, gateClosedAt, offBlockAt, takeOffAt, landedAt, inBlockAt } = departure
      const times = [boardingAt, finalCallAt, gateClosedAt, offBlockAt, takeOffAt, landedAt, inBlockAt]
      const known = times.filter((at) => at !== undefined)
      expect(known).toEqual([...known].sort((left, right) => left - right))
    }
    expect(plan.events.map(({ at }) => at)).toEqual(plan.events.map(({ at }) => at).sort((left, right) => left - right))
  })

  test('nothing is told before it can be known, nor before the departure appeared', () => {
    const appeared = new Map(plan.departures.map(({ identity, at }) => [identity.id, at]))
    const facts = [
      'boardingAt',
      'finalCallAt',
      'gateClosedAt',
      'offBlockAt',
      'takeOffAt',
      'landedAt',
      'inBlockAt',
    ] as const
    for (const { at, departureId, patch } of plan.events) {
      expect(at).toBeGreaterThan(appeared.get(departureId) ?? Number.POSITIVE_INFINITY)
      for (const fact of facts) expect(patch[fact] ?? 0).toBeLessThanOrEqual(at)
    }
  })

  test('no two departures ever share a gate at the same time', () => {
    const held = [...last.values()].map((departure) => ({
      ...departure,
      from: Math.min(departure.scheduledAt, departure.offBlockAt ?? departure.scheduledAt) - 40 * MINUTE,
      until: Math.max(departure.scheduledAt, departure.offBlockAt ?? departure.scheduledAt),
    }))
    for (const sharing of Map.groupBy(held, ({ origin, gate }) => `${origin} ${gate}`).values()) {
      const inOrder = sharing.sort((left, right) => left.from - right.from)
      for (const [index, next] of inOrder.slice(1).entries()) {
        expect(next.from, `${next.id} at ${next.gate}`).toBeGreaterThanOrEqual(inOrder[index]?.until ?? 0)
      }
    }
  })

  test('all is marked as made up', () => {
    expect(plan.departures.every(({ identity }) => identity.demo && isDepartureId(identity.id))).toBe(true)
  })
})

describe('planDay', () => {
  const [header = '', first = ''] =
    'year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour\n2013,3,8,600,600,0,700,700,0,B6,9,N1,JFK,BOS,40,187,6,0,2013-03-08T11:00:00Z'.split(
      '\n',
    )
  const planOf = (lines: readonly string[], today = '2026-11-21') =>
    planDay(parseDay([header, first, ...lines].join('\n')).rows, reference, { today })
  const lastOf = (line: string) => [...playOut(planOf([line])).values()][1]

  test('gives the same script again, and the same minutes on another ordinary day', () => {
    const rows = sampleDay('2013-03-08')
    const plan = planDay(rows, reference, { today: '2026-11-21' })
    const tomorrow = planDay(rows, reference, { today: '2026-11-22' })
    const minutes = ({ opensAt, events }: DayPlan) => events.map(({ at, step }) => [at - opensAt, step])

    expect(planDay(rows, reference, { today: '2026-11-21' })).toEqual(plan)
    expect(minutes(tomorrow)).toEqual(minutes(plan))
  })

  test('moves about one gate in twenty', () => {
    const { events, departures } = planDay(sampleDay('2013-11-27'), reference, { today: '2026-11-21' })
    const moved = events.filter(({ patch }) => patch.gate !== undefined).length

    expect(moved / departures.length).toBeGreaterThan(0.03)
    expect(moved / departures.length).toBeLessThan(0.07)
  })

  test('a second flight under the same key gets a number of its own', () => {
    const ids = planOf([first, first]).departures.map(({ identity }) => identity.id)

    expect(ids).toEqual(['B69-2026-11-21-JFK', 'B69-2026-11-21-JFK.2', 'B69-2026-11-21-JFK.3'])
  })

  test('a flight that never arrived is diverted after its expected arrival, without airport and without in-block', () => {
    const last = lastOf('2013,3,8,655,655,0,NA,807,NA,US,2116,,LGA,BOS,NA,184,6,55,2013-03-08T11:00:00Z')

    expect(last).not.toHaveProperty('inBlockAt')
    expect(last).not.toHaveProperty('landedAt')
    expect(last?.diverted?.at).toBeGreaterThan(last?.scheduledArrivalAt ?? Number.POSITIVE_INFINITY)
    expect(last?.diverted).not.toHaveProperty('airport')
    expect(last && deriveStatus(last)).toBe('DIVERTED')
  })

  test('an arrival without a delay follows the clock', () => {
    const last = lastOf('2013,11,27,606,600,6,1133,933,NA,UA,303,,JFK,SFO,NA,2586,6,0,2013-11-27T11:00:00Z')

    expect((last?.inBlockAt ?? 0) - (last?.scheduledArrivalAt ?? 0)).toBe(120 * MINUTE)
  })

  test('a departure without a delay follows the clock, also past midnight', () => {
    const last = lastOf('2013,3,8,10,2355,NA,431,440,-9,B6,739,,JFK,PSE,189,1617,23,55,2013-03-09T04:00:00Z')

    expect((last?.offBlockAt ?? 0) - (last?.scheduledAt ?? 0)).toBe(15 * MINUTE)
    expect(last?.originDate).toBe('2026-11-21')
  })

  test('an airport that nobody knows costs nothing but its zone', () => {
    const last = lastOf('2013,3,8,1000,1000,0,1350,1400,-10,B6,5,,JFK,QQQ,205,1600,10,0,2013-03-08T15:00:00Z')

    expect(last).toMatchObject({ destination: 'QQQ' })
    expect(last).not.toHaveProperty('destinationZone')
    expect((last?.inBlockAt ?? 0) - (last?.scheduledArrivalAt ?? 0)).toBe(-10 * MINUTE)
    expect((last?.scheduledArrivalAt ?? 0) - (last?.scheduledAt ?? 0)).toBe(240 * MINUTE)
  })

  test('a station that nobody knows keeps the hours from UTC that the file shows', () => {
    const last = lastOf('2013,3,8,1000,1000,0,1100,1100,0,B6,5,,QQQ,BOS,40,200,10,0,2013-03-08T17:00:00Z')

    expect(last?.originZone).toBe('Etc/GMT+7')
    expect(new Date(last?.scheduledAt ?? 0).toISOString()).toBe('2026-11-21T17:00:00.000Z')
  })

  test('a station that nobody knows and that shows nothing counts as UTC', () => {
    expect(lastOf('2013,3,8,1000,1000,0,1100,1100,0,B6,5,,QQQ,BOS,40,200,10,0,NA')?.originZone).toBe('UTC')
  })

  test('a departure time that a clock change leaves out moves forward', () => {
    const plan = planOf(['2013,3,8,230,230,0,400,400,0,B6,5,,JFK,BOS,40,200,2,30,2013-03-08T07:00:00Z'], '2026-03-08')

    expect(new Date(plan.departures[1]?.facts.scheduledAt ?? 0).toISOString()).toBe('2026-03-08T07:30:00.000Z')
  })

  test('a row of the next date stays a day behind, one of a distant date is pulled to the day', () => {
    const next = '2013,3,9,600,600,0,700,700,0,B6,5,,JFK,BOS,40,187,6,0,2013-03-09T11:00:00Z'
    const distant = '2014,3,9,600,600,0,700,700,0,B6,6,,JFK,BOS,40,187,6,0,2014-03-09T10:00:00Z'

    expect(planOf([next, distant, first]).departures.map(({ identity }) => identity.originDate)).toEqual([
      ...['2026-11-21', '2026-11-22', '2026-11-21', '2026-11-21'],
    ])
  })

  test('a row dated by its real departure belongs to the date of its scheduled hour', () => {
    const plan = planOf(['2013,3,9,1,2355,6,431,440,-9,B6,739,,JFK,PSE,189,1617,23,55,2013-03-09T04:00:00Z'])

    expect(plan.departures[1]?.identity.originDate).toBe('2026-11-21')
  })

  test('a flight in the small hours appears before the day opens, in time for its boarding', () => {
    const plan = planOf(['2013,3,8,30,30,0,140,140,0,B6,5,,JFK,BOS,40,200,0,30,2013-03-08T05:00:00Z'])
    const boarding = plan.events.find(({ patch }: { patch: FactsPatch }) => patch.boardingAt)

    expect(plan.departures[1]?.at).toBeLessThan(boarding?.at ?? 0)
    expect(plan.departures[0]?.at).toBe(plan.opensAt)
  })
})
