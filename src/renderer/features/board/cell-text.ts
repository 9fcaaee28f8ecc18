import { findDelayCode } from '../../../shared/domain/delay-codes.ts'
import type { Departure, FactName, Source } from '../../../shared/domain/departure.ts'
import { factNames } from '../../../shared/domain/departure.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { formatAge } from '../../lib/age.ts'
import type { ColumnId } from '../../lib/changed-columns.ts'
import { type FactContext, factLabel, factText } from '../../lib/fact-text.ts'

/** How sources are named on the board. */
export const sourceNames: Readonly<Record<Source, string>> = {
  schedule: 'Schedule',
  feed: 'Feed',
  desk: 'Desk',
  import: 'Import',
  external: 'External',
}

const columnFacts: Readonly<Partial<Record<ColumnId, readonly FactName[]>>> = {
  time: ['scheduledAt'],
  gate: ['gate', 'terminal', 'stand'],
  estimate: ['estimatedAt', 'offBlockAt', 'feedEstimatedAt', 'nextInformationAt'],
  destination: ['diverted', 'scheduledArrivalAt', 'estimatedArrivalAt'],
  status: [
    'boardingAt',
    'finalCallAt',
    'gateClosedAt',
    'offBlockAt',
    'takeOffAt',
    'returnedAt',
    'cancelled',
    'conflicts',
  ],
  aircraft: ['aircraft'],
  source: factNames,
}

/**
 * What is behind a cell: each fact with its value, its source and its age, one per line.
 * @param wall - the wall clock, against which ages count
 */
export function provenance(departure: Departure, column: ColumnId, context: FactContext & { wall: Instant }): string {
  if (column === 'delay') return reasonLines(departure)
  if (column === 'flight') return [flightLine(departure), departure.remark].filter(Boolean).join('\n')
  const facts = (columnFacts[column] ?? []).filter((fact) => departure[fact] !== undefined)
  return facts.map((fact) => factLine(departure, fact, context)).join('\n')
}

function factLine(departure: Departure, fact: FactName, context: FactContext & { wall: Instant }): string {
  const origin = departure.sources[fact]
  const value = `${factLabel(fact)}: ${factText(fact, departure[fact], context)}`
  if (!origin) return value
  const who = origin.by ? `${sourceNames[origin.source]} (${origin.by})` : sourceNames[origin.source]
  return `${value} · ${who}, ${formatAge(context.wall - origin.at)} old`
}

function reasonLines({ delays, remark }: Departure): string {
  const lines = (delays ?? []).map(({ code, sub, minutes }) => {
    const known = findDelayCode(code)
    return `${code}${sub ?? ''} ${known?.alpha ?? ''} · ${minutes} min · ${known?.label ?? 'not in the list'}`
  })
  return [...lines, remark].filter(Boolean).join('\n')
}

function flightLine({ codeshares, demo }: Departure): string {
  const shared = codeshares.length > 0 ? `Also ${codeshares.join(', ')}` : ''
  return [shared, demo ? 'Demonstration: messages reach only the mailbox' : ''].filter(Boolean).join('\n')
}
