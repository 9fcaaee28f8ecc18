import type { Departure } from '../../../src/shared/domain/departure.ts'
import { toLine } from './plain.ts'
import type { Say } from './template-book.ts'

/** Names of stations by code, as far as they are known. */
export type Places = Readonly<Record<string, { readonly name: string; readonly city?: string } | undefined>>

/** Writes a flight number as people read it: `B6739` becomes `B6 739`. */
export function spellFlight(number: string): string {
  const [, carrier, digits] = /^([A-Z0-9]{2})0*(\d{1,4}[A-Z]?)$/.exec(toLine(number, 12)) ?? []
  return carrier && digits ? `${carrier} ${digits}` : toLine(number, 12)
}

/** The number under which the leg is flown. */
export function operatedNumber({ carrier, number, suffix }: Departure): string {
  return `${carrier}${number}${suffix}`
}

/** The flight as this person booked it, with the operating number where that differs. */
export function describeFlight(departure: Departure, booked: string | undefined, say: Say): string {
  const operated = spellFlight(operatedNumber(departure))
  const asBooked = booked ? spellFlight(booked) : operated
  return asBooked === operated ? operated : say('value.operated', { booked: asBooked, operated })
}

/** A station by city and code, by name and code, or by code alone. */
export function namePlace(code: string, places: Places): string {
  const name = places[code]?.city ?? places[code]?.name
  return name ? `${toLine(name, 60)} (${toLine(code, 4)})` : toLine(code, 4)
}
