import { describe, expect, test } from 'vitest'
import { checkLog } from './check-log.ts'
import { runRecord } from './sample-run.ts'

const { log } = runRecord()
const [one, two] = log

describe('checkLog', () => {
  test('counts repetitions, which are no problem wherever they come', () => {
    expect(checkLog(runRecord())).toEqual({ problems: [], repeats: 0 })
    const repeated = one && two ? [one, one, two, one] : []
    expect(checkLog(runRecord({ log: repeated }))).toEqual({ problems: [], repeats: 2 })
  })

  test('finds a change that is missing', () => {
    expect(checkLog(runRecord({ log: log.slice(0, 1) })).problems).toEqual([
      expect.stringContaining('is on the log as 1, not 1 2'),
    ])
  })

  test('finds changes in the wrong order', () => {
    expect(checkLog(runRecord({ log: log.toReversed() })).problems).toEqual([
      expect.stringContaining('is on the log as 2 1, not 1 2'),
    ])
  })
})
