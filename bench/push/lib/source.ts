import { toPublicChange } from '../../../src/shared/api/public-change.ts'
import { publicJson } from '../../../src/shared/api/public-json.ts'
import { type Amendment, amend } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import { HOUR, type Instant, MINUTE } from '../../../src/shared/domain/instant.ts'
import { encodeDepartureChanged } from '../../../src/shared/events/departure-changed.ts'
import { formatInstant } from '../../../src/shared/events/instant-schema.ts'
import { formatPosition } from '../../../src/shared/events/position.ts'
import type { LogMessage } from '../../../src/shared/ports/event-log.ts'

/** One change of one departure, as each server wants it. */
export interface Change {
  /** Number of the departure, from 1. */
  readonly departure: number
  readonly revision: number
  /** When it was accepted, in milliseconds since the epoch. */
  readonly at: number
  /** The frame that Flightline sends: what every other server is given to send. */
  readonly text: string
  /** The event from which Flightline makes that frame. */
  readonly event: LogMessage
}

/** Where all changes come from: gates of departures, changed in turn. */
export interface Source {
  /** The departures as they were at the beginning, at revision 1. */
  readonly departures: readonly Departure[]
  /** What follows the number in every id. */
  readonly idSuffix: string
  /** The next changes, accepted now. */
  next(count: number): readonly Change[]
  /** The revision of every departure, in order of their numbers. */
  revisions(): readonly number[]
  /** The departures as they are now. */
  present(): readonly Departure[]
}

// What differs between two changes of a departure is put into the text of the first two, since encoding each of ten
// thousand changes a second would take a core from the server.
const AT = Date.UTC(2002, 1, 2, 2, 2, 2, 222)
const REVISION = 900_001
const POSITION = 'POSITION'
const GATES = ['B12', 'C34'] as const

interface Template {
  readonly key: string
  readonly text: string
  readonly value: string
}

/**
 * Makes a source of changes.
 * @param scheduledAt - of the first departure; two processes that name the same have the same departures
 */
export function createSource(count: number, scheduledAt: Instant = nextHour()): Source {
  const idSuffix = `-${new Date(scheduledAt).toISOString().slice(0, 10)}-JFK`
  const departures = Array.from({ length: count }, (_, at) =>
    describeDeparture(at + 1, idSuffix, scheduledAt + Math.floor(at / 4) * MINUTE),
  )
  const revisions = departures.map(() => 1)
  const templates = departures.map((departure) => GATES.map((gate) => describeChange(departure, gate)))
  const start = { epoch: crypto.randomUUID(), from: 0, until: Date.now() }
  let made = 0
  const change = (at: number): Change => {
    const index = made % count
    made += 1
    const revision = (revisions[index] ?? 0) + 1
    revisions[index] = revision
    const template = templates[index]?.[revision % 2] ?? { key: '', text: '', value: '' }
    const facts = { at, revision, position: formatPosition({ ...start, offsets: [made] }) }
    const { key } = template
    const event = { key, id: `${key}:${revision}`, value: fillIn(template.value, facts) }
    return {
      departure: index + 1,
      revision,
      at,
      event,
      /** Made when it is asked for: the log has no use for it. */
      get text() {
        return fillIn(template.text, facts)
      },
    }
  }
  return {
    departures,
    idSuffix,
    next(wanted) {
      const at = Date.now()
      return Array.from({ length: wanted }, () => change(at))
    },
    revisions: () => revisions,
    present: () =>
      departures.map((departure, index) => {
        const revision = revisions[index] ?? 1
        return revision === 1 ? departure : { ...departure, revision, gate: GATES[revision % 2] ?? GATES[0] }
      }),
  }
}

function nextHour(): Instant {
  return Math.floor(Date.now() / HOUR) * HOUR + HOUR
}

/** No more than every departure has, so that frames come close to the 300 bytes of the peers' own measurements. */
function describeDeparture(number: number, idSuffix: string, scheduledAt: number): Departure {
  const [, year, month, day, origin = ''] = idSuffix.split('-')
  const at = scheduledAt - HOUR
  return {
    ...{ id: `FL${number}${idSuffix}`, carrier: 'FL', number: String(number), suffix: '' },
    ...{ originDate: `${year}-${month}-${day}`, origin, originZone: 'America/New_York' },
    ...{ destination: 'BOS', codeshares: [], demo: false, scheduledAt, gate: GATES[1] },
    sources: { scheduledAt: { source: 'schedule', at }, gate: { source: 'schedule', at } },
    revision: 1,
    updatedAt: at,
  }
}

function describeChange(departure: Departure, gate: string): Template {
  const before = { ...departure, revision: REVISION - 1, gate: GATES.find((other) => other !== gate) ?? '' }
  const made = amend(before, { gate }, { source: 'feed', at: AT, operationalAt: AT })
  if (!made) throw new Error('the gate is already so')
  return {
    key: departure.id,
    text: frameOf(made),
    value: encodeDepartureChanged({ departure: made.next, ...made }).value,
  }
}

/** Written as the gateway writes it (`departureFrame`), so that all servers send the same bytes. */
function frameOf({ next, change }: Amendment): string {
  return (
    `{"op":"departure","departure":${publicJson(next)},"change":${JSON.stringify(toPublicChange(change))},` +
    `"position":"${POSITION}","at":${change.at}}`
  )
}

function fillIn(
  template: string,
  { at, revision, position }: { readonly at: number; readonly revision: number; readonly position: string },
): string {
  return template
    .replaceAll(formatInstant(AT), formatInstant(at))
    .replaceAll(String(AT), String(at))
    .replaceAll(String(REVISION), String(revision))
    .replace(POSITION, position)
}
