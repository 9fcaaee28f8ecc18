import { describe, expect, test } from 'vitest'
import { consoleCommand } from '../../testing/fixtures/console-command.ts'
import type { CommandBody } from './command.ts'
import { readKept, writeKept } from './kept-command.ts'

const { commandId } = consoleCommand()
const create = (body: CommandBody = { kind: 'setGate', gate: 'B12' }) => consoleCommand({ body })

const bodies: readonly CommandBody[] = [
  { kind: 'setGate', gate: null },
  {
    kind: 'setDelay',
    delay: { minutes: 30 },
    reasons: [{ scheme: 'AHM730', code: '93', minutes: 30 }],
    remark: 'late',
  },
  { kind: 'setDelay', delay: { nextInformationAt: 5 }, reasons: [] },
  { kind: 'setEstimate', estimatedAt: 5 },
  { kind: 'cancel', reason: 'WEAT', remark: 'snow' },
  { kind: 'reinstate', estimatedAt: 7 },
  { kind: 'markBoarding', stage: 'FINAL_CALL', at: null },
  { kind: 'markDeparture', event: 'OFF_BLOCK', at: 9 },
  { kind: 'divert', airport: 'BWI' },
]

test.each(bodies)('$kind comes back as it was kept', (body) => {
  const command = create(body)
  expect(readKept(writeKept({ command }))).toEqual({ command })
})

test('how it ended comes back with it', () => {
  const failure = { kind: 'refused', words: 'not your station' } as const
  const kept = writeKept({ command: create(), failure })
  expect(readKept(kept)?.failure).toEqual(failure)
  expect([kept.isOver, writeKept({ command: create() }).isOver]).toEqual([true, undefined])
})

describe('what is kept is not believed when it', () => {
  const kept = writeKept({ command: create() })
  const changed = (from: string, to: string) => ({ ...kept, text: kept.text.replace(from, to) })

  test.each([
    ['is no JSON', { ...kept, text: kept.text.slice(0, -3) }],
    ['is of another version', changed('"version":1', '"version":2')],
    ['names no known procedure', changed('setGate', 'setFire')],
    ['has a time that is none', changed(String(consoleCommand().validUntil), '"soon"')],
    ['has a departure without a revision', changed('"revision":7', '"revision":0')],
    ['belongs to another person than its cover says', { ...kept, owner: 'ops' }],
    ['is another command than its cover says', { ...kept, commandId: commandId.replace(/1$/, '2') }],
  ])('%s', (_title, damaged) => {
    expect(damaged).not.toEqual(kept)
    expect(readKept(damaged)).toBeUndefined()
  })
})
