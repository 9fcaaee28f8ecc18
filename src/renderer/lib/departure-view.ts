import { delayMinutes } from '../../shared/domain/delay.ts'
import type { Departure, FactName, FactOrigin } from '../../shared/domain/departure.ts'
import { factNames } from '../../shared/domain/departure.ts'
import type { Instant } from '../../shared/domain/instant.ts'

/** How far off schedule, in the steps that the board tells apart by colour, sign and icon. */
export type DelayBand = 'early' | 'on-time' | 'minor' | 'late' | 'open' | 'none'

/** What the estimate column shows: the best time known for leaving the stand. */
export interface ShownEstimate {
  readonly kind: 'actual' | 'estimate' | 'open'
  readonly at: Instant
}

// The field's usual steps: up to 4 minutes counts as on time, from 15 on passengers are told.
const MINOR = 5
const LATE = 15

/** The flight as it is spoken of, e.g. `B6 739`. */
export function flightName({ carrier, number, suffix }: Pick<Departure, 'carrier' | 'number' | 'suffix'>): string {
  return `${carrier} ${number}${suffix}`
}

/** The step in which a departure's delay lies; `none` for a cancelled one, `open` for a delay without a firm time. */
export function delayBand(departure: Departure): DelayBand {
  if (departure.cancelled) return 'none'
  if (isDelayOpen(departure)) return 'open'
  const minutes = delayMinutes(departure)
  if (minutes < 0) return 'early'
  if (minutes < MINOR) return 'on-time'
  return minutes < LATE ? 'minor' : 'late'
}

/** The delay as text with its sign: `+25`, `−3`, `0`, `open`; empty for a cancelled departure. */
export function delayText(departure: Departure): string {
  const band = delayBand(departure)
  if (band === 'none') return ''
  if (band === 'open') return 'open'
  const minutes = delayMinutes(departure)
  return minutes > 0 ? `+${minutes}` : minutes < 0 ? `−${-minutes}` : '0'
}

/** Codes of the reasons, largest share first, e.g. `93 41`. */
export function reasonCodes(departure: Departure): string {
  return [...(departure.delays ?? [])]
    .sort((left, right) => right.minutes - left.minutes)
    .map(({ code, sub }) => `${code}${sub ?? ''}`)
    .join(' ')
}

/** The best time known for leaving the stand, or when more will be known; `undefined` while nothing but the schedule is. */
export function shownEstimate(departure: Departure): ShownEstimate | undefined {
  if (departure.offBlockAt !== undefined) return { kind: 'actual', at: departure.offBlockAt }
  if (departure.estimatedAt !== undefined) return { kind: 'estimate', at: departure.estimatedAt }
  if (departure.nextInformationAt !== undefined) return { kind: 'open', at: departure.nextInformationAt }
  return undefined
}

/** The newest origin among facts, which tells how fresh a row is. */
export function latestOrigin(
  departure: Departure,
  facts: readonly FactName[] = factNames,
): (FactOrigin & { readonly fact: FactName }) | undefined {
  const origins = facts.flatMap((fact) => {
    const origin = departure.sources[fact]
    return origin ? [{ ...origin, fact }] : []
  })
  return origins.reduce<(typeof origins)[number] | undefined>(
    (newest, origin) => (newest === undefined || origin.at > newest.at ? origin : newest),
    undefined,
  )
}

function isDelayOpen({ estimatedAt, offBlockAt, nextInformationAt }: Departure): boolean {
  return nextInformationAt !== undefined && estimatedAt === undefined && offBlockAt === undefined
}
