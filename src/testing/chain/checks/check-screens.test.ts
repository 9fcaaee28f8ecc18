import { describe, expect, test } from 'vitest'
import { toPublicDeparture } from '../../../shared/api/public-departure.ts'
import { checkScreens } from './check-screens.ts'
import { departureRecord, runRecord } from './sample-run.ts'

const { first, final } = departureRecord()
const showing = (departure: typeof final) => ({
  departures: new Map([[first.id, toPublicDeparture(departure)]]),
  problems: [],
})

describe('checkScreens', () => {
  test('wants every screen to show the final state', () => {
    expect(checkScreens(runRecord())).toEqual([])
    expect(checkScreens(runRecord({ screens: [showing(final), showing(first)] }))).toEqual([
      expect.stringContaining('is shown at revision 1'),
    ])
  })

  test('finds the right revision with wrong content, and an empty screen', () => {
    expect(checkScreens(runRecord({ screens: [showing({ ...final, gate: 'B1' })] }))).toHaveLength(1)
    expect(checkScreens(runRecord({ screens: [{ departures: new Map(), problems: [] }] }))).toHaveLength(1)
  })

  test('passes on what a screen saw', () => {
    const screen = { ...showing(final), problems: ['it went back'] }
    expect(checkScreens(runRecord({ screens: [screen] }))).toEqual(['it went back'])
  })
})
