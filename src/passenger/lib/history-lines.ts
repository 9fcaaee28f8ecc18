import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { Text } from './text.ts'

/** One moment of a flight's history. */
export interface HistoryMoment {
  readonly id: string
  /** ISO 8601 UTC, on the clock of the day that the page shows. */
  readonly at: string
  readonly lines: readonly string[]
}

type Sides = { readonly from?: unknown; readonly to?: unknown }

/** For whom the sentences are made: the flight gives the zones, the text the words. */
interface Reader {
  readonly flight: PublicDeparture
  readonly text: Text
}

/** Turns published changes into sentences, newest first; a change of nothing that passengers need is left out. */
export function historyMoments(entries: readonly PublicHistoryEntry[], reader: Reader): readonly HistoryMoment[] {
  return entries
    .map((entry) => ({ id: entry.id, at: entry.operationalAt ?? entry.at, lines: linesOf(entry, reader) }))
    .filter(({ lines }) => lines.length > 0)
    .reverse()
}

function linesOf(entry: PublicHistoryEntry, reader: Reader): readonly string[] {
  // The first revision names everything at once; of that only the plan is news.
  if (entry.revision === 1) return plannedLines(entry, reader)
  const lines = Object.entries(entry.fields).flatMap(([name, sides]) => describe(name, sides, reader) ?? [])
  const isAboutTime = 'estimatedAt' in entry.fields && lines.length > 0
  const why = entry.reason && isAboutTime ? reader.text.find(`reason.${entry.reason}`) : undefined
  return why ? [...lines, why] : lines
}

function plannedLines({ fields }: PublicHistoryEntry, reader: Reader): readonly string[] {
  const planned = fields.scheduledAt?.to ?? reader.flight.scheduledAt
  const line = reader.text.say('history.planned', { new: withZone('scheduledAt', planned, reader) })
  return [line, ...(describe('gate', fields.gate ?? {}, reader) ?? [])]
}

/** @returns one sentence or none */
function describe(name: string, sides: Sides, reader: Reader): readonly string[] | undefined {
  const [hasOld, hasNew] = [sides.from !== undefined, sides.to !== undefined]
  if (!hasOld && !hasNew) return undefined
  const values = { old: show(name, sides.from, reader), new: withZone(name, sides.to, reader) }
  const find = (kind: string) => reader.text.find(`history.${name}.${kind}`, values)
  const line = hasNew ? ((hasOld ? find('changed') : undefined) ?? find('set')) : find('cleared')
  return line === undefined ? undefined : [line]
}

/** Of two times in a sentence only the one that holds names its zone. */
function withZone(name: string, value: unknown, reader: Reader): string {
  const shown = show(name, value, reader)
  return isTime(name, value) ? `${shown} ${reader.text.zone(Date.parse(value), zoneOf(name, reader))}` : shown
}

function show(name: string, value: unknown, reader: Reader): string {
  if (isTime(name, value)) return reader.text.clock(Date.parse(value), zoneOf(name, reader))
  return typeof value === 'string' ? value : ''
}

function isTime(name: string, value: unknown): value is string {
  return typeof value === 'string' && name.endsWith('At')
}

function zoneOf(name: string, { flight }: Reader): string {
  const isArrival = /^(estimatedArrival|landed|inBlock)/.test(name)
  return (isArrival ? flight.destinationZone : undefined) ?? flight.originZone
}
