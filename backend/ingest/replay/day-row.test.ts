import { describe, expect, test } from 'vitest'
import { sampleDay, sampleDayText } from '../../../src/testing/fixtures/real-days.ts'
import { parseDay } from './day-row.ts'

const header =
  'year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour'
const full = '2013,3,8,1,2355,6,431,440,-9,B6,739,N586JB,JFK,PSE,189,1617,23,55,2013-03-09T04:00:00Z'

function rowOf(line: string) {
  return parseDay(`${header}\n${full}\n${line}\n`).rows[1]
}

describe('parseDay', () => {
  test.each([
    ['2013-03-08', 979, 180],
    ['2013-11-27', 1014, 35],
  ] as const)('reads every row of %s', (date, count, cancelled) => {
    const rows = sampleDay(date)

    expect(rows).toHaveLength(count)
    expect(rows.filter(({ departure }) => departure === undefined)).toHaveLength(cancelled)
  })

  test('reads what a full row tells', () => {
    expect(parseDay(`${header}\n${full}\n`).rows[0]).toEqual({
      line: 2,
      date: '2013-03-08',
      carrier: 'B6',
      number: '739',
      origin: 'JFK',
      destination: 'PSE',
      scheduledDeparture: 1435,
      departure: 1,
      departureDelay: 6,
      scheduledArrival: 280,
      arrival: 271,
      arrivalDelay: -9,
      registration: 'N586JB',
      airTime: 189,
      distance: 1617,
      hourAt: Date.UTC(2013, 2, 9, 4),
    })
  })

  test('a row that lacks everything but flight and schedule is kept', () => {
    expect(rowOf('2013,3,8,NA,600,NA,,,,B6,1,,JFK,,NA,NA,,,NA')).toEqual({
      line: 3,
      date: '2013-03-08',
      carrier: 'B6',
      number: '1',
      origin: 'JFK',
      destination: 'ZZZ',
      scheduledDeparture: 360,
    })
  })

  test('a schedule that is missing is taken from hour and minute', () => {
    expect(rowOf('2013,3,8,NA,NA,NA,,,,B6,1,,JFK,BOS,NA,NA,6,5,NA')?.scheduledDeparture).toBe(365)
  })

  test('2400 is midnight at the end of the day, 2401 and 1299 are no time', () => {
    expect(rowOf('2013,3,8,2400,2359,1,2401,1299,3,B6,1,,JFK,BOS,NA,NA,,,')).toMatchObject({ departure: 1440 })
    expect(rowOf('2013,3,8,2400,2359,1,2401,1299,3,B6,1,,JFK,BOS,NA,NA,,,')).not.toHaveProperty('arrival')
    expect(rowOf('2013,3,8,2400,2359,1,2401,1299,3,B6,1,,JFK,BOS,NA,NA,,,')).not.toHaveProperty('scheduledArrival')
  })

  test.each([
    ['no carrier', '2013,3,8,NA,600,NA,,,,,1,,JFK,BOS,NA,NA,,,'],
    ['no flight number', '2013,3,8,NA,600,NA,,,,B6,x,,JFK,BOS,NA,NA,,,'],
    ['no station of departure', '2013,3,8,NA,600,NA,,,,B6,1,,,BOS,NA,NA,,,'],
    ['no scheduled time', '2013,3,8,NA,NA,NA,,,,B6,1,,JFK,BOS,NA,NA,,,'],
    ['no scheduled time', '2013,,8,NA,600,NA,,,,B6,1,,JFK,BOS,NA,NA,,,'],
  ])('a line with %s is named and the rest loads', (problem, line) => {
    const day = parseDay(`${header}\n${line}\n${full}\n`)

    expect(day.unreadable).toEqual([{ line: 2, problem }])
    expect(day.rows).toHaveLength(1)
  })

  test('another kind of file is refused', () => {
    expect(() => parseDay('a,b\n1,2\n')).toThrow(expect.objectContaining({ code: 'FL_CSV_INVALID' }))
    expect(() => parseDay(`${header}\n`)).toThrow(expect.objectContaining({ code: 'FL_CSV_INVALID' }))
  })

  test('reads the same from CRLF lines', () => {
    const text = sampleDayText('2013-03-08')

    expect(parseDay(text.replaceAll('\n', '\r\n'))).toEqual(parseDay(text))
  })
})
