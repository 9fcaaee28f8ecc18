import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { consoleCommand } from '../../../testing/fixtures/console-command.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { DelayCell, DestinationCell, EstimateCell, GateCell, SourceCell, StatusCell, TimeCell } from './cells.tsx'
import type { GridContext } from './grid-context.ts'

const at = boardDeparture().scheduledAt

function contextOf(overrides: Partial<GridContext> = {}): GridContext {
  return {
    nowRow: undefined,
    mode: () => 'local',
    times: ({ originZone: zone }) => ({ zone, mode: 'local' }),
    clocks: () => ({ wall: at, operational: at, rate: 1 }),
    wall: () => at,
    isMarked: () => false,
    pending: () => undefined,
    canEditGate: () => true,
    ...overrides,
  }
}

const context = contextOf()

describe('cells', () => {
  test('the time has its zone, and the day where it is another', () => {
    expect(readScreen(<TimeCell data={boardDeparture()} context={context} />)).toBe('14:05 EST')
    const tomorrow = boardDeparture({ scheduledAt: at + 24 * 60 * MINUTE })
    expect(readScreen(<TimeCell data={tomorrow} context={context} />)).toBe('14:05 EST +1')
    const yesterday = boardDeparture({ scheduledAt: at - 24 * 60 * MINUTE })
    expect(readScreen(<TimeCell data={yesterday} context={context} />)).toBe('14:05 EST −1')
  })

  test('days are counted on the clock that is shown', () => {
    const evening = boardDeparture({ scheduledAt: at + 6 * 60 * MINUTE })
    const utc = contextOf({ times: ({ originZone: zone }) => ({ zone, mode: 'utc' }) })
    expect(readScreen(<TimeCell data={evening} context={context} />)).toBe('20:05 EST')
    expect(readScreen(<TimeCell data={evening} context={utc} />)).toBe('01:05 UTC +1')
  })

  test('the gate stands with its terminal', () => {
    expect(readScreen(<GateCell data={boardDeparture({ terminal: '5' })} context={context} />)).toBe('B3 T5')
  })

  test('a command on its way stands beside the accepted value, never instead of it', () => {
    const command = consoleCommand()
    const sending = contextOf({ pending: () => ({ command, stage: 'sending' }) })
    const waiting = contextOf({ pending: () => ({ command, stage: 'waiting' }) })
    const departure = boardDeparture({ terminal: '5' })
    expect(readScreen(<GateCell data={departure} context={sending} />)).toBe('B3 T5 sending')
    expect(readScreen(<GateCell data={departure} context={waiting} />)).toBe('B3 T5 waiting')
  })

  test('an actual time, a promise and a differing feed are told apart without colour', () => {
    expect(readScreen(<EstimateCell data={boardDeparture({ offBlockAt: at })} context={context} />)).toBe(
      '14:05 EST [actual]',
    )
    expect(readScreen(<EstimateCell data={boardDeparture({ nextInformationAt: at })} context={context} />)).toBe(
      'info 14:05 EST',
    )
    const differing = boardDeparture({ estimatedAt: at, feedEstimatedAt: at + MINUTE })
    expect(readScreen(<EstimateCell data={differing} context={context} />)).toBe('14:05 EST [feed differs]')
    expect(readScreen(<EstimateCell data={boardDeparture()} context={context} />)).toBe('')
  })

  test('the delay has sign and codes', () => {
    const delays = [{ scheme: 'AHM730', code: '93', minutes: 25 }] as const
    const late = boardDeparture({ estimatedAt: at + 25 * MINUTE, delays })
    expect(readScreen(<DelayCell data={late} context={context} />)).toBe('+25 93')
  })

  test('a conflict between sources shows beside the status', () => {
    const conflicts = [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: at, source: 'feed', at }] as const
    const departure = boardDeparture({ cancelled: { at }, conflicts })
    expect(readScreen(<StatusCell data={departure} context={context} />)).toBe('Cancelled [conflict between sources]')
  })

  test('a diversion shows where it goes', () => {
    expect(
      readScreen(<DestinationCell data={boardDeparture({ diverted: { at, airport: 'BWI' } })} context={context} />),
    ).toBe('BOS ⤳ BWI')
    expect(readScreen(<DestinationCell data={boardDeparture({ diverted: { at } })} context={context} />)).toBe(
      'BOS ⤳ ?',
    )
  })

  test('the source is the person, or else the system, with its age', () => {
    const byFeed = boardDeparture({ sources: { gate: { source: 'feed', at: at - 12_000 } } })
    const byAnna = boardDeparture({ sources: { gate: { source: 'desk', at: at - 180_000, by: 'anna' } } })
    expect(readScreen(<SourceCell data={byFeed} context={context} />)).toBe('Feed 12 s')
    expect(readScreen(<SourceCell data={byAnna} context={context} />)).toBe('anna 3 min')
    expect(readScreen(<SourceCell data={boardDeparture()} context={context} />)).toBe('')
  })
})
