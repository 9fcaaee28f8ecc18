import { describe, expect, test } from 'vitest'
import type { SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { pushFigures, systemProcess, systemSnapshot } from '../../../testing/fixtures/system-snapshot.ts'
import { SystemView } from './system-view.tsx'

function show(readings: readonly SystemSnapshot[], age: number | undefined = 0, problem = ''): string {
  return readScreen(<SystemView readings={readings} age={age} problem={problem} />)
}

const quiet = systemProcess(pushFigures())
const busy = systemProcess(
  pushFigures(
    {
      ...{ sockets: 12_000, followingAll: 3, flights: 40, behind: 2, queuedBytes: 3_400, handshakes: 5 },
      ...{ eventLoopLag: 1.25, frames: 500, conflated: 1, closed: { slow: 4, unheard: 1 } },
      refused: { FL_RATE_LIMITED: 6 },
    },
    [8, 2],
  ),
)

describe('the page on the system', () => {
  test('says in words that nothing has happened', () => {
    const screen = show([systemSnapshot(0, [quiet])])
    expect(screen).toContain('All parts are well.')
    expect(screen).toContain('Version 1.2.3 · running for 1 h · live')
    expect(screen).toContain('Sockets 0 Changes delivered – Frames written – Frames conflated – Queued 0 B')
    expect(screen).toContain('backend 1 h 182 MB 0.0 ms 0 0 0 0 0 B 0 – –')
    expect(screen).toContain('The bars come with the second reading.')
    expect(screen).toContain('No socket has ended yet.')
    expect(screen).toContain('None was refused.')
    expect(show([systemSnapshot(0, [quiet]), systemSnapshot(2, [quiet])])).toContain('No change was delivered')
  })

  test('says how much there is to do, who does it, how fast, and how sockets ended', () => {
    const screen = show([systemSnapshot(0, [quiet]), systemSnapshot(2, [busy])])
    expect(screen).toContain(
      'Sockets 12,000 Changes delivered 5/s Frames written 250/s Frames conflated 0.5/s Queued 3.4 kB',
    )
    expect(screen).toContain('backend 1 h 182 MB 1.3 ms 12,000 3 40 2 3.4 kB 5 250/s 0.5/s')
    expect(screen).toContain('Last 2 s 10 6.3 ms 78 ms 96 ms')
    expect(screen).toContain('to 10 ms 8 to 100 ms 2 to 1 s 0 over 1 s 0')
    expect(screen).toContain('Did not read 4 4 unheard 1 1')
    expect(screen).toContain('Too many from one address 6 6')
  })

  test('shows a process without a gateway, and says where processes told nothing', () => {
    const { push, ...first } = systemProcess(pushFigures(), { name: 'first' })
    expect(show([systemSnapshot(0, [first, quiet])])).toContain('first 1 h 182 MB serves no sockets')
    expect(show([systemSnapshot(0, [])])).toContain('The processes did not tell of their figures.')
  })

  test('begins with what is wrong', () => {
    const parts = [
      { name: 'store', status: 'ok', lag: 12, age: 0 },
      { name: 'gateway-1', status: 'ok', lag: 0 },
      { name: 'notifier', status: 'degraded', lag: 7, age: 130_000 },
      { name: 'log', status: 'down', problem: 'no answer', age: 4_200 },
    ] as const
    const screen = show([systemSnapshot(0, [quiet], { status: 'down', parts: [...parts] })])
    expect(screen).toContain('Needs attention: notifier, log.')
    expect(screen).toContain(
      'Parts log Down no answer, silent for 4 s notifier Degraded 7 waiting, for up to 2 min store Well answers in 12 ms',
    )
    expect(screen.indexOf('Parts')).toBeLessThan(screen.indexOf('Processes'))
    const well = show([systemSnapshot(0, [quiet])])
    expect(well.indexOf('Parts')).toBeGreaterThan(well.indexOf('Processes'))
  })
})

describe('an answer that does not come', () => {
  test('leaves what was known, with its age and the reason', () => {
    const screen = show([systemSnapshot(0, [busy])], 42_000, 'There is no connection at the moment.')
    expect(screen).toContain('last read 42 s ago')
    expect(screen).toContain('No answer: There is no connection at the moment.')
    expect(screen).toContain('12,000')
    expect(show([systemSnapshot(0, [busy])], 7_000)).toContain('last read 7 s ago')
    expect(show([systemSnapshot(0, [busy])], 5_000)).toContain('live')
  })

  test('at the beginning is all there is to say', () => {
    const problem = 'This desk works on the store itself and is not connected to a backend.'
    expect(show([], undefined, problem)).toBe(problem)
    expect(show([], undefined)).toBe('')
  })
})
