import { describe, expect, test } from 'vitest'
import { checkEdits } from './check-edits.ts'
import { departureRecord, runRecord } from './sample-run.ts'

const [accepted] = runRecord().accepted

describe('checkEdits', () => {
  test('finds nothing wrong with a run in which nothing is', () => {
    expect(checkEdits(runRecord())).toEqual([])
  })

  test('finds an accepted edit that the store forgot', () => {
    const lost = departureRecord({ final: departureRecord().first, history: departureRecord().history.slice(0, 1) })
    expect(checkEdits(runRecord({ departures: lost }))).toEqual([
      expect.stringContaining('got 0 edits, 1 were accepted'),
      expect.stringContaining('was accepted as 2 and is in the history as []'),
    ])
  })

  test('finds an edit that nobody was told was accepted', () => {
    expect(checkEdits(runRecord({ accepted: [] }))).toEqual([expect.stringContaining('got 1 edits, 0 were accepted')])
  })

  test('finds an edit made twice', () => {
    const { history } = departureRecord()
    const twice = departureRecord({ history: [...history, ...history.slice(1)] })
    expect(checkEdits(runRecord({ departures: twice })).join()).toContain('revisions 1 2 2 in its history, not 1 2')
  })

  test('finds an answer with another revision than the edit got', () => {
    const wrong = accepted ? [{ ...accepted, revision: 3 }] : []
    expect(checkEdits(runRecord({ accepted: wrong })).join()).toContain('was accepted as 3')
  })
})
