import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
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

/** What a person reads of it; icons count with their label. */
function read(node: ReactNode): string {
  const markup = renderToStaticMarkup(<MantineProvider>{node}</MantineProvider>)
  return markup
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<svg[^>]*aria-label="([^"]*)"[\s\S]*?<\/svg>/g, ' [$1] ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

describe('cells', () => {
  test('the time has its zone, and the day where it is another', () => {
    expect(read(<TimeCell data={boardDeparture()} context={context} />)).toBe('14:05 EST')
    const tomorrow = boardDeparture({ scheduledAt: at + 24 * 60 * MINUTE })
    expect(read(<TimeCell data={tomorrow} context={context} />)).toBe('14:05 EST +1')
    const yesterday = boardDeparture({ scheduledAt: at - 24 * 60 * MINUTE })
    expect(read(<TimeCell data={yesterday} context={context} />)).toBe('14:05 EST −1')
  })

  test('days are counted on the clock that is shown', () => {
    const evening = boardDeparture({ scheduledAt: at + 6 * 60 * MINUTE })
    const utc = contextOf({ times: ({ originZone: zone }) => ({ zone, mode: 'utc' }) })
    expect(read(<TimeCell data={evening} context={context} />)).toBe('20:05 EST')
    expect(read(<TimeCell data={evening} context={utc} />)).toBe('01:05 UTC +1')
  })

  test('the gate stands with its terminal', () => {
    expect(read(<GateCell data={boardDeparture({ terminal: '5' })} context={context} />)).toBe('B3 T5')
  })

  test('a command on its way stands beside the accepted value, never instead of it', () => {
    const command = { commandId: '1', base: boardDeparture(), body: { kind: 'setGate', gate: 'B12' } } as const
    const sending = contextOf({ pending: () => ({ command, stage: 'sending' }) })
    const waiting = contextOf({ pending: () => ({ command, stage: 'waiting' }) })
    const departure = boardDeparture({ terminal: '5' })
    expect(read(<GateCell data={departure} context={sending} />)).toBe('B3 T5 sending')
    expect(read(<GateCell data={departure} context={waiting} />)).toBe('B3 T5 waiting')
  })

  test('an actual time, a promise and a differing feed are told apart without colour', () => {
    expect(read(<EstimateCell data={boardDeparture({ offBlockAt: at })} context={context} />)).toBe(
      '14:05 EST [actual]',
    )
    expect(read(<EstimateCell data={boardDeparture({ nextInformationAt: at })} context={context} />)).toBe(
      'info 14:05 EST',
    )
    const differing = boardDeparture({ estimatedAt: at, feedEstimatedAt: at + MINUTE })
    expect(read(<EstimateCell data={differing} context={context} />)).toBe('14:05 EST [feed differs]')
    expect(read(<EstimateCell data={boardDeparture()} context={context} />)).toBe('')
  })

  test('the delay has sign and codes', () => {
    const delays = [{ scheme: 'AHM730', code: '93', minutes: 25 }] as const
    const late = boardDeparture({ estimatedAt: at + 25 * MINUTE, delays })
    expect(read(<DelayCell data={late} context={context} />)).toBe('+25 93')
  })

  test('a conflict between sources shows beside the status', () => {
    const conflicts = [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: at, source: 'feed', at }] as const
    const departure = boardDeparture({ cancelled: { at }, conflicts })
    expect(read(<StatusCell data={departure} context={context} />)).toBe('Cancelled [conflict between sources]')
  })

  test('a diversion shows where it goes', () => {
    expect(
      read(<DestinationCell data={boardDeparture({ diverted: { at, airport: 'BWI' } })} context={context} />),
    ).toBe('BOS ⤳ BWI')
    expect(read(<DestinationCell data={boardDeparture({ diverted: { at } })} context={context} />)).toBe('BOS ⤳ ?')
  })

  test('the source is the person, or else the system, with its age', () => {
    const byFeed = boardDeparture({ sources: { gate: { source: 'feed', at: at - 12_000 } } })
    const byAnna = boardDeparture({ sources: { gate: { source: 'desk', at: at - 180_000, by: 'anna' } } })
    expect(read(<SourceCell data={byFeed} context={context} />)).toBe('Feed 12 s')
    expect(read(<SourceCell data={byAnna} context={context} />)).toBe('anna 3 min')
    expect(read(<SourceCell data={boardDeparture()} context={context} />)).toBe('')
  })
})
