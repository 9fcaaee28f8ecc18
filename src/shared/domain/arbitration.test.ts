import { describe, expect, test } from 'vitest'
import { amendment } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { arbitrateFeed } from './arbitration.ts'
import { HOUR, MINUTE } from './instant.ts'

const std = NOON + 2 * HOUR
const at = (minutes: number) => std + minutes * MINUTE

describe('arbitrateFeed', () => {
  test('lets everything in where nobody edited', () => {
    expect(arbitrateFeed(departure(), { estimatedAt: at(20), gate: 'B4' }, at(0))).toEqual({
      estimatedAt: at(20),
      gate: 'B4',
    })
  })

  test('a manual estimate stands, with the differing one of the feed beside it', () => {
    const edited = amendment(departure(), { estimatedAt: at(40) }).next
    expect(arbitrateFeed(edited, { estimatedAt: at(20) }, at(0))).toEqual({ feedEstimatedAt: at(20) })
  })

  test('what stands beside it goes when the feed agrees', () => {
    const edited = amendment(departure(), { estimatedAt: at(40), feedEstimatedAt: at(20) }).next
    expect(arbitrateFeed(edited, { estimatedAt: at(40) }, at(0))).toEqual({ feedEstimatedAt: null })
  })

  test('an actual time ends the reign of the manual estimate', () => {
    const edited = amendment(departure(), { estimatedAt: at(40), feedEstimatedAt: at(20) }).next
    expect(arbitrateFeed(edited, { offBlockAt: at(22) }, at(22))).toEqual({ offBlockAt: at(22), feedEstimatedAt: null })
  })

  test('off-block on a manually cancelled departure raises a conflict, once, and reinstates nothing', () => {
    const cancelled = amendment(departure(), { cancelled: { at: at(0) } }).next
    const patch = arbitrateFeed(cancelled, { offBlockAt: at(5), boardingAt: at(-20) }, at(6))
    expect(patch).toEqual({
      conflicts: [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: at(5), source: 'feed', at: at(6) }],
    })
    const raised = amendment(cancelled, patch).next
    expect(raised.cancelled).toBeDefined()
    expect(arbitrateFeed(raised, { offBlockAt: at(5) }, at(7))).toEqual({})
  })

  test('other news of a manually cancelled departure are held back', () => {
    const cancelled = amendment(departure(), { cancelled: { at: at(0) } }).next
    expect(arbitrateFeed(cancelled, { boardingAt: at(-20), estimatedAt: at(30) }, at(6))).toEqual({})
  })

  test('the feed may undo its own cancellation', () => {
    const cancelled = amendment(departure(), { cancelled: { at: at(0) } }, { source: 'feed' }).next
    expect(arbitrateFeed(cancelled, { cancelled: null }, at(6))).toEqual({ cancelled: null })
  })
})
