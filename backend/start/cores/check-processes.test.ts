import { expect, test } from 'vitest'
import { checkProcesses } from './check-processes.ts'

test('several processes are refused where a desktop is the parent, and nowhere else', () => {
  expect(() => checkProcesses({ pushWorkers: 2 }, { isThere: true })).toThrow(/1 problem.*PUSH_WORKERS: .*desktop/)
  expect(() => checkProcesses({ pushWorkers: 1 }, { isThere: true })).not.toThrow()
  expect(() => checkProcesses({ pushWorkers: 8 }, { isThere: false })).not.toThrow()
})
