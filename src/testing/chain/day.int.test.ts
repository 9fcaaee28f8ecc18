import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { planDay } from '../../../backend/ingest/replay/plan-day.ts'
import { DAY } from '../../shared/domain/instant.ts'
import { eventually } from '../fixtures/eventually.ts'
import { sampleDay, sampleReference } from '../fixtures/real-days.ts'
import { checkDay } from './checks/check-day.ts'
import { readChanges } from './read-log.ts'
import { startSystem } from './system.ts'

// On two idle cores it takes some seconds; whether those are few enough is for the benchmark to say.
const PATIENCE = 60_000

const file = fileURLToPath(new URL('../../../resources/days/departures-2013-03-08.csv', import.meta.url))

test('at full speed a day of 979 departures ends as in its file, with every change on the log and in the history', async () => {
  const rows = sampleDay('2013-03-08')
  expect(rows).toHaveLength(979)
  await using system = await startSystem({
    mode: 'embedded',
    asBuilt: true,
    env: { FLIGHTLINE_DAY: file, FLIGHTLINE_SPEED: 'max' },
  })
  const startedAt = performance.now()
  const engine = await system.openEngine()
  const { departures, history } = engine.stores
  const now = Date.now()
  const onBoard = () => departures.listBetween(now - 3 * DAY, now + 4 * DAY)
  const [earliest] = (await onBoard()).map(({ originDate }) => originDate).sort()
  const plan = planDay(rows, sampleReference(), { today: earliest ?? '' })
  const count = plan.departures.length + plan.events.length

  // Rarely: each look takes the file from the backend for a moment.
  while ((await history.count()) < count && performance.now() - startedAt < PATIENCE) await sleep(250)
  await eventually(async () => (await departures.backlog()).count === 0)
  process.stdout.write(`${count} changes played and published in ${Math.round(performance.now() - startedAt)} ms\n`)

  const last = new Map((await onBoard()).map((departure) => [departure.id, departure]))
  expect(checkDay({ rows, plan, last })).toEqual([])
  const revisions = [...last.values()].reduce((sum, { revision }) => sum + revision, 0)
  const logged = new Set((await readChanges(engine.log)).map(({ id }) => id))
  expect([revisions, await history.count(), logged.size]).toEqual([count, count, count])
  await engine.close()
})
