import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isZone } from '../../../src/shared/lib/zone-time.ts'
import { aircraftType } from './aircraft-type.ts'
import { readTable } from './csv-table.ts'

/** An airport as the files know it; some do not say the zone. */
export interface Airport {
  readonly name: string
  /** What passengers call the place; files of airports do not say it. */
  readonly city?: string
  readonly zone?: string
}

/** An aircraft by registration. */
interface Plane {
  readonly type?: string
  readonly seats?: number
}

/** What stands beside flights and never changes with them. */
export interface Reference {
  readonly airports: ReadonlyMap<string, Airport>
  readonly airlines: ReadonlyMap<string, string>
  readonly planes: ReadonlyMap<string, Plane>
}

/** The texts that {@link parseReference} reads. */
export interface ReferenceTexts {
  readonly airports: string
  readonly airportsExtra: string
  readonly cities: string
  readonly airlines: string
  readonly planes: string
}

// The register has light aircraft under registrations that airlines used in a book of their own; nobody flew on those.
const SMALLEST_AIRLINER_SEATS = 10

/** Reads the reference files of a folder (`resources/reference`). */
export async function loadReference(folder: string): Promise<Reference> {
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  const [airports, airportsExtra, cities, airlines, planes] = await Promise.all([
    read('airports.csv'),
    read('airports-extra.csv'),
    read('cities.csv'),
    read('airlines.csv'),
    read('planes.csv'),
  ])
  return parseReference({ airports, airportsExtra, cities, airlines, planes })
}

/** Turns the texts of the reference files into look-ups. Of an airport in both files the first counts. */
export function parseReference(texts: ReferenceTexts): Reference {
  const cities = new Map(
    readTable(texts.cities, ['faa', 'city']).map(({ cells }) => [cells.faa ?? '', cells.city ?? '']),
  )
  const airports = [texts.airportsExtra, texts.airports].flatMap((text) => readAirports(text, cities))
  const airlines = readTable(texts.airlines, ['carrier', 'name'])
  return {
    airports: new Map(airports),
    airlines: new Map(airlines.map(({ cells }) => [cells.carrier ?? '', cells.name ?? ''])),
    planes: new Map(readTable(texts.planes, ['tailnum', 'model', 'seats']).map(({ cells }) => readPlane(cells))),
  }
}

/** Airports by code, as pages and searches name them. */
export function placesOf(reference: Reference): Readonly<Record<string, Airport>> {
  return Object.fromEntries(reference.airports)
}

function readAirports(text: string, cities: ReadonlyMap<string, string>): readonly (readonly [string, Airport])[] {
  return readTable(text, ['faa', 'name', 'tzone']).map(({ cells }) => {
    const { faa = '', name = faa, tzone } = cells
    const city = cities.get(faa)
    return [
      faa,
      { name: name.replaceAll('\\', ''), ...(city && { city }), ...(tzone && isZone(tzone) && { zone: tzone }) },
    ]
  })
}

function readPlane(cells: Readonly<Record<string, string>>): readonly [string, Plane] {
  const seats = Number(cells.seats)
  if (!(seats >= SMALLEST_AIRLINER_SEATS)) return [cells.tailnum ?? '', {}]
  const type = aircraftType(cells.model ?? '')
  return [cells.tailnum ?? '', { seats, ...(type && { type }) }]
}
