import { expect, test } from 'vitest'
import { amend } from '../../shared/domain/change.ts'
import { delayMinutes, sumOfReasons } from '../../shared/domain/delay.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { editCancellation, editDelay, editGate, editReinstatement } from '../../shared/domain/edits.ts'
import { feedStamp } from '../fixtures/amendment.ts'
import { departure, NOON } from '../fixtures/departure.ts'
import { type ChosenEdit, chooseEdit } from './choose-edit.ts'
import { createRandom } from './random.ts'

function apply(before: Departure, chosen: ChosenEdit): Departure {
  const patch = patchOf(before, chosen)
  const made = amend(before, patch, feedStamp())
  if (!made) throw new Error(`${JSON.stringify(chosen)} changes nothing of ${JSON.stringify(before)}`)
  return made.next
}

function patchOf(before: Departure, chosen: ChosenEdit) {
  switch (chosen.call) {
    case 'setGate':
      return editGate(before, chosen.input)
    case 'setDelay':
      return editDelay(before, chosen.input)
    case 'cancel':
      return editCancellation(before, { at: NOON, ...chosen.input })
    case 'reinstate':
      return editReinstatement(before, chosen.input.estimatedAt)
  }
}

test('a thousand edits in a row are all legal, change something, and are of every kind', () => {
  const random = createRandom(1)
  const calls = new Set<string>()
  let present = departure()
  for (let index = 0; index < 1_000; index += 1) {
    const chosen = chooseEdit(present, random)
    calls.add(chosen.call)
    present = apply(present, chosen)
    if (present.delays) expect(sumOfReasons(present.delays)).toBe(delayMinutes(present))
  }
  expect(present.revision).toBe(1_001)
  expect(calls).toEqual(new Set(['setGate', 'setDelay', 'cancel', 'reinstate']))
})
