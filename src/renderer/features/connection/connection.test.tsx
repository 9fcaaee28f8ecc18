import { expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { applySnapshot } from '../../stores/board-store.ts'
import { ConnectionBadge } from './connection-badge.tsx'
import { OperationalClock } from './operational-clock.tsx'
import { PublishingAlarm } from './publishing-alarm.tsx'

const wall = Date.parse('2026-11-20T18:00:05Z')

function withClock(operational: number, rate: number) {
  const console = idleConsole()
  applySnapshot(console.board, [boardDeparture()], 0)
  console.clock.setState({ reading: { wall, operational, rate }, readAt: console.now() })
  return console
}

test('the clock shows station time and UTC, each with its zone', () => {
  expect(readScreen(<OperationalClock />, withClock(wall, 1))).toBe('13:00 :05 EST 18:00 UTC')
})

test('UTC stands first where it was chosen', () => {
  const console = withClock(wall, 1)
  console.view.setState({ timeMode: 'utc' })
  expect(readScreen(<OperationalClock />, console)).toBe('18:00 :05 UTC 13:00 EST')
})

test('a replayed day is labelled, with its rate', () => {
  expect(readScreen(<OperationalClock />, withClock(wall - 3_600_000, 1))).toMatch(/Replay$/)
  expect(readScreen(<OperationalClock />, withClock(wall, 60))).toMatch(/Replay ×60$/)
})

test('before the first reading there is no clock', () => {
  expect(readScreen(<OperationalClock />, idleConsole())).toBe('')
})

test('a lost connection tells the age of what is shown, and can be tried at once', () => {
  const console = idleConsole()
  console.connection.setState({ phase: 'reconnecting', heardAt: 88_000 })
  expect(readScreen(<ConnectionBadge />, console)).toBe('Reconnecting, shown state is 12 s old Try now')
  console.connection.setState({ phase: 'live', heardAt: 99_000 })
  expect(readScreen(<ConnectionBadge />, console)).toBe('Live')
})

test('the alarm sounds only when nobody publishes', () => {
  const console = idleConsole()
  expect(readScreen(<PublishingAlarm />, console)).toBe('')
  console.connection.setState({ publishing: { unpublished: 4, oldestAge: 23_000 } })
  expect(readScreen(<PublishingAlarm />, console)).toMatch(/^4 changes not published for 23 s/)
})
