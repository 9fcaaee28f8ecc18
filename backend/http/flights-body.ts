import { publicJson } from '../../src/shared/api/public-json.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'

/** `{"flights":[…],"cursor":…}` from texts that were built once per revision. */
export function flightsBody(flights: readonly Departure[], cursor: string | undefined): string {
  const tail = cursor === undefined ? '' : `,"cursor":${JSON.stringify(cursor)}`
  return `{"flights":[${flights.map(publicJson).join(',')}]${tail}}`
}
