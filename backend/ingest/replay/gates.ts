import { type Instant, MINUTE } from '../../../src/shared/domain/instant.ts'
import { chance, pickOne } from './hash.ts'

/** A flight that needs a gate: from well before it leaves until the next aircraft can be there. */
export interface GateNeed {
  readonly id: string
  readonly key: string
  readonly station: string
  readonly carrier: string
  readonly scheduledAt: Instant
  /** When it left, or was to leave. */
  readonly leftAt: Instant
  readonly mayMove: boolean
}

/** The made-up place of a flight. */
interface Place {
  readonly terminal: string
  readonly gate: string
  readonly stand: string
}

/** A place, and the one it was moved away from where it was moved. */
export interface Assignment {
  readonly final: Place
  readonly first?: Place
}

const BEFORE = 50 * MINUTE
const BUFFER = 15 * MINUTE
const MOVED = 0.05
const FLIGHTS_PER_TERMINAL = 130

/**
 * Gives every flight a gate at which no other is expected at the same time. A flight holds its gate over its scheduled
 * as well as its actual time, so whatever estimate is believed meanwhile meets nobody there. Stations, airlines and
 * counts come from the flights; nothing about the real buildings is known here.
 */
export function assignGates(needs: readonly GateNeed[]): ReadonlyMap<string, Assignment> {
  const stations = Map.groupBy(needs, ({ station }) => station)
  return new Map([...stations.values()].flatMap((flights) => [...assignStation(flights)]))
}

function assignStation(flights: readonly GateNeed[]): ReadonlyMap<string, Assignment> {
  const terminals = assignTerminals(flights)
  const gates = new Map<string, Instant[]>()
  const inOrder = [...flights].sort((left, right) => start(left) - start(right) || left.id.localeCompare(right.id))
  const assignments = inOrder.map((flight): readonly [string, Assignment] => {
    const free = gatesOf(gates, terminals.get(flight.carrier) ?? 'A')
    const final = takeGate(free, flight)
    if (!flight.mayMove || chance(`${flight.key}|moved`) >= MOVED) return [flight.id, { final }]
    return [flight.id, { final, first: takeGate(free, flight) }]
  })
  return new Map(assignments)
}

/** Airlines with many flights first, each to the terminal that has the fewest so far. */
function assignTerminals(flights: readonly GateNeed[]): ReadonlyMap<string, string> {
  const count = Math.max(1, Math.ceil(flights.length / FLIGHTS_PER_TERMINAL))
  const loads = Array.from({ length: Math.min(count, 26) }, (_, index) => ({ name: letter(index), flights: 0 }))
  const carriers = [...Map.groupBy(flights, ({ carrier }) => carrier)]
  carriers.sort(([left, some], [right, others]) => others.length - some.length || left.localeCompare(right))
  return new Map(
    carriers.map(([carrier, own]) => {
      const calmest = loads.reduce((least, load) => (load.flights < least.flights ? load : least))
      calmest.flights += own.length
      return [carrier, calmest.name]
    }),
  )
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index)
}

interface TerminalGates {
  readonly terminal: string
  /** Until when each gate is taken, by gate number less one. */
  readonly until: Instant[]
}

function gatesOf(gates: Map<string, Instant[]>, terminal: string): TerminalGates {
  const known = gates.get(terminal) ?? []
  gates.set(terminal, known)
  return { terminal, until: known }
}

/** Takes a free gate, or opens the next number when all are taken. Flights come in order of their start. */
function takeGate({ terminal, until }: TerminalGates, flight: GateNeed): Place {
  const free = [...until.keys()].filter((index) => (until[index] ?? 0) <= start(flight))
  const index = free.length > 0 ? pickOne(`${flight.key}|gate`, free) : until.length
  until[index] = end(flight)
  const number = index + 1
  const stand = `${terminal.charCodeAt(0) - 'A'.charCodeAt(0) + 1}${String(number).padStart(2, '0')}`
  return { terminal, gate: `${terminal}${number}`, stand }
}

function start(flight: GateNeed): Instant {
  return Math.min(flight.scheduledAt, flight.leftAt) - BEFORE
}

function end(flight: GateNeed): Instant {
  return Math.max(flight.scheduledAt, flight.leftAt) + BUFFER
}
