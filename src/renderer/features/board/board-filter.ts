import type { Departure } from '../../../shared/domain/departure.ts'
import { deriveStatus, type Status, statuses } from '../../../shared/domain/status.ts'
import { statusView } from '../../lib/status-view.ts'
import type { ViewState } from '../../stores/view-store.ts'

/** What of the view decides which rows are shown. */
export type BoardFilter = Pick<ViewState, 'search' | 'stations' | 'statuses'>

// Typing filters a thousand rows per key; a departure never changes, its successor is another object.
const haystacks = new WeakMap<Departure, string>()

/** Whether anything is filtered at all. */
export function isFiltering({ search, stations, statuses }: BoardFilter): boolean {
  return search.trim() !== '' || stations.length > 0 || statuses.length > 0
}

/** Whether a row is shown: station and status as chosen, and every word of the search found somewhere in the row. */
export function isShown(departure: Departure, filter: BoardFilter): boolean {
  if (filter.stations.length > 0 && !filter.stations.includes(departure.origin)) return false
  if (filter.statuses.length > 0 && !filter.statuses.includes(deriveStatus(departure))) return false
  const words = filter.search.trim().toLowerCase().split(/\s+/)
  const haystack = haystackOf(departure)
  return words.every((word) => haystack.includes(word))
}

/** Stations on the board, sorted. */
export function stationsOf(departures: Iterable<Departure>): readonly string[] {
  return [...new Set([...departures].map(({ origin }) => origin))].sort()
}

/** Statuses to choose from, in the order of a departure's life. */
export const statusChoices: readonly { readonly value: Status; readonly label: string }[] = statuses.map((value) => ({
  value,
  label: statusView(value).label,
}))

function haystackOf(departure: Departure): string {
  const known = haystacks.get(departure)
  if (known !== undefined) return known
  const { carrier, number, suffix, origin, destination, gate, terminal, aircraft, codeshares } = departure
  const parts = [
    `${carrier}${number}${suffix}`,
    `${carrier} ${number}`,
    ...codeshares,
    origin,
    destination,
    departure.diverted?.airport,
    gate,
    terminal && `t${terminal}`,
    aircraft?.registration,
    aircraft?.type,
    statusView(deriveStatus(departure)).label,
    departure.remark,
  ]
  const haystack = parts.filter(Boolean).join('\n').toLowerCase()
  haystacks.set(departure, haystack)
  return haystack
}
