import { expect, test } from 'vitest'
import { departureColumns } from '../../../backend/ingest/import/columns.ts'
import { isDepartureId } from '../../shared/domain/departure-id.ts'
import { NOON } from '../fixtures/departure.ts'
import { createStationDay } from './station.ts'

const day = createStationDay({ departures: 20, passengers: 5 }, NOON)

test('has as many departures and passengers as asked for, and one address given twice', () => {
  expect(day.departureIds.filter(isDepartureId)).toHaveLength(20)
  expect(day.passengers).toHaveLength(101)
  expect(new Set(day.passengers.map(({ email }) => email)).size).toBe(100)
  expect(new Set(day.passengers.map(({ reference }) => reference)).size).toBe(101)
})

test('writes only columns that the import knows', () => {
  const [header = ''] = day.departuresCsv.split('\n')
  const known = departureColumns.map(({ name }): string => name)
  expect(header.split(',').filter((name) => !known.includes(name))).toEqual([])
  expect(day.bookingsCsv.split('\n')).toHaveLength(102)
})
