import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatRate, formatSeconds } from './figure-text.ts'

test('counts have thousands set apart', () => {
  expect([0, 999, 12_345].map(formatCount)).toEqual(['0', '999', '12,345'])
})

test('a rate has its unit, and little is not shown as nothing', () => {
  expect([undefined, 0, 0.04, 0.44, 9.94, 1249.6].map(formatRate)).toEqual([
    ...['–', '0/s', '< 0.1/s', '0.4/s', '9.9/s', '1,250/s'],
  ])
})

test('bytes are shown in the unit that needs few digits', () => {
  expect([0, 999, 1_000, 3_440, 181_600_000, 999_600_000, 2e15].map(formatBytes)).toEqual([
    ...['0 B', '999 B', '1 kB', '3.4 kB', '182 MB', '1 GB', '2,000 TB'],
  ])
})

test('short times are milliseconds, long ones seconds', () => {
  expect([0, 0.0004, 0.0025, 0.012, 0.25, 0.9996, 1.54, 30].map(formatSeconds)).toEqual([
    ...['0 ms', '0.4 ms', '2.5 ms', '12 ms', '250 ms', '1 s', '1.5 s', '30 s'],
  ])
})
