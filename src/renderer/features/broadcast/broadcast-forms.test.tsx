import { expect, test } from 'vitest'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { Compose } from './compose.tsx'
import { Progress } from './progress.tsx'

const ignore = () => undefined
const none = { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0 }

function sent(deliveries: Partial<BroadcastProgress['deliveries']>): BroadcastProgress {
  return {
    id: 'b1',
    text: 'Snow.',
    severity: 'info',
    by: 'olga',
    createdAt: 0,
    departures: 3,
    passengers: 200,
    deliveries: { ...none, ...deliveries },
  }
}

test('a new broadcast counts before anything can be sent, and says what is missing', () => {
  const console = idleConsole()
  console.view.setState({ selected: ['B6739-2026-11-20-JFK', 'DL1-2026-11-20-JFK'] })
  const screen = readScreen(<Compose onSent={ignore} onClose={ignore} />, console)
  expect(screen).toContain('Ticked flights (2)')
  expect(screen).toContain('B6739, DL1')
  expect(screen).toContain('Counting…')
  expect(screen).toContain('Write what passengers should know.')
})

test('many ticked flights are named in part', () => {
  const console = idleConsole()
  console.view.setState({ selected: Array.from({ length: 15 }, (_, index) => `B6${index + 1}-2026-11-20-JFK`) })
  expect(readScreen(<Compose onSent={ignore} onClose={ignore} />, console)).toContain('B612 and 3 more')
})

test('without ticked flights the filter is offered', () => {
  const screen = readScreen(<Compose onSent={ignore} onClose={ignore} />, idleConsole())
  expect(screen).toContain('Airline')
  expect(screen).toContain('Passenger page, always')
})

test('a broadcast on its way tells how far it is, and that it needs no window', () => {
  const screen = readScreen(<Progress sent={sent({ queued: 50, sent: 150 })} onClose={ignore} />, idleConsole())
  expect(screen).toContain('150 of 200 e-mails have an end')
  expect(screen).toContain('50 queued · 150 sent')
  expect(screen).toContain('it goes on without this window')
})

test('a finished one says so, failures included', () => {
  const screen = readScreen(<Progress sent={sent({ sent: 195, failed: 5 })} onClose={ignore} />, idleConsole())
  expect(screen).toContain('Done: 200 of 200')
  expect(screen).toContain('5 failed')
})
