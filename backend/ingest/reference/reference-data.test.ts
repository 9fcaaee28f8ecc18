import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sampleDay, sampleDays, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { aircraftType } from './aircraft-type.ts'
import { loadReference, parseReference, placesOf } from './reference-data.ts'

const reference = sampleReference()

describe('reference data', () => {
  test('knows the zone of every airport of the sample days', () => {
    const rows = sampleDays.flatMap((date) => sampleDay(date))
    const airports = new Set(rows.flatMap(({ origin, destination }) => [origin, destination]))

    expect([...airports].filter((code) => !reference.airports.get(code)?.zone)).toEqual([])
  })

  test.each([
    ['BQN', 'America/Puerto_Rico'],
    ['PSE', 'America/Puerto_Rico'],
    ['SJU', 'America/Puerto_Rico'],
    ['STT', 'America/St_Thomas'],
    ['HNL', 'Pacific/Honolulu'],
  ])('%s lies in %s', (code, zone) => {
    expect(reference.airports.get(code)?.zone).toBe(zone)
  })

  test('is read from its folder as from its texts', async () => {
    const folder = fileURLToPath(new URL('../../../resources/reference', import.meta.url))

    expect(await loadReference(folder)).toEqual(reference)
  })

  test('an airport without a zone, or with one that nobody knows, is kept without it', () => {
    const { airports } = parseReference({
      airports: 'faa,name,tzone\nAAA,Alpha,\nBBB,Beta,Moon/Crater\nCCC,Gamma,America/Denver\n',
      airportsExtra: 'faa,name,tzone,reason\nCCC,Other,America/Chicago,test\n',
      cities: 'faa,city\n',
      airlines: 'carrier,name\nB6,JetBlue\n',
      planes: 'tailnum,model,seats\n',
    })

    expect(Object.fromEntries(airports)).toEqual({
      AAA: { name: 'Alpha' },
      BBB: { name: 'Beta' },
      CCC: { name: 'Gamma', zone: 'America/Denver' },
    })
  })

  test('a light aircraft under an airline registration gives neither type nor seats', () => {
    const { planes } = parseReference({
      airports: 'faa,name,tzone\n',
      airportsExtra: 'faa,name,tzone\n',
      cities: 'faa,city\n',
      airlines: 'carrier,name\n',
      planes: 'tailnum,model,seats\nN1,172N,4\nN2,737-824,149\nN3,UNHEARD-OF,80\nN4,737-824,NA\n',
    })

    expect(Object.fromEntries(planes)).toEqual({ N1: {}, N2: { seats: 149, type: 'B738' }, N3: { seats: 80 }, N4: {} })
  })

  test('places name each airport by its code, with the city that passengers search by', () => {
    const places = Object.values(placesOf(reference))
    expect(places.filter(({ city }) => city === undefined)).toEqual([])
    expect(placesOf(reference).BOS).toMatchObject({ city: 'Boston' })
    expect(placesOf(reference).MVY?.name).toBe("Martha's Vineyard")
    expect(placesOf(reference).BOS).toMatchObject({ zone: 'America/New_York' })
  })
})

describe('aircraftType', () => {
  test.each([
    ['A320-232', 'A320'],
    ['A330-243', 'A332'],
    ['A340-313', 'A343'],
    ['737-7H4', 'B737'],
    ['737-924ER', 'B739'],
    ['717-200', 'B712'],
    ['757-33N', 'B753'],
    ['767-424ER', 'B764'],
    ['787-8', 'B788'],
    ['EMB-145XR', 'E145'],
    ['ERJ 190-100 IGW', 'E190'],
    ['CL-600-2B19', 'CRJ2'],
    ['CL-600-2C10', 'CRJ7'],
    ['CL-600-2D24', 'CRJ9'],
    ['DC-9-82(MD-82)', 'MD82'],
    ['DC-9-51', 'DC9'],
    ['MD-88', 'MD88'],
    ['MD-90-30', 'MD90'],
  ])('%s is %s', (model, type) => {
    expect(aircraftType(model)).toBe(type)
  })

  test.each(['172N', 'FALCON XP', ''])('"%s" is no airliner', (model) => {
    expect(aircraftType(model)).toBeUndefined()
  })
})
