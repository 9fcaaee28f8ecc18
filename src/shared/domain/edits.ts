import { FlightlineError } from '../lib/errors.ts'
import type { CancellationReason } from './cancellation.ts'
import type { FactsPatch } from './change.ts'
import { checkCodedDelay, delayMinutes, sumOfReasons } from './delay.ts'
import type { DelayReason } from './delay-reason.ts'
import type { Departure, FactName } from './departure.ts'
import { normalizeGate } from './gate.ts'
import { type Instant, MINUTE } from './instant.ts'
import { deriveStatus, isOffBlock } from './status.ts'
import { exceededBound } from './time-bounds.ts'

/** What a desk may do to a departure, as rules from its present state to the facts that change. */

/** A new gate; `null` clears, a missing name leaves as it is. */
export interface GateEdit {
  readonly gate: string | null
  readonly terminal?: string | null | undefined
  readonly stand?: string | null | undefined
}

/**
 * Assigns a gate, and with it terminal and stand where they are given.
 * @throws FlightlineError `FL_GATE_INVALID`, `FL_TRANSITION_INVALID` after off-block or cancellation
 */
export function editGate(departure: Departure, edit: GateEdit): FactsPatch {
  assertAtStand(departure, 'a gate')
  return {
    gate: place(edit.gate),
    ...(edit.terminal !== undefined && { terminal: place(edit.terminal) }),
    ...(edit.stand !== undefined && { stand: place(edit.stand) }),
  }
}

/** A delay in minutes with its reasons, or one without a firm time. */
export interface DelayEdit {
  readonly delay: { readonly minutes: number } | { readonly nextInformationAt: Instant }
  readonly reasons: readonly DelayReason[]
  readonly remark?: string | undefined
}

/**
 * Sets the delay, counted from the schedule rather than from the present estimate, so that the same edit twice changes
 * nothing. After off-block only the reasons can change, and they account for the actual delay.
 * @throws FlightlineError `FL_DELAY_…`, `FL_TRANSITION_INVALID`, `FL_TIME_INVALID`
 */
export function editDelay(departure: Departure, edit: DelayEdit): FactsPatch {
  if (departure.cancelled) throw refuse(departure, 'a delay')
  const remark = edit.remark ? { remark: edit.remark } : {}
  if ('nextInformationAt' in edit.delay) {
    assertAtStand(departure, 'an open delay')
    assertPlausible(departure, 'nextInformationAt', edit.delay.nextInformationAt)
    return { nextInformationAt: edit.delay.nextInformationAt, estimatedAt: null, delays: null, ...remark }
  }
  const { minutes } = edit.delay
  if (isOffBlock(departure) && minutes !== Math.max(0, delayMinutes(departure))) {
    throw new FlightlineError('FL_DELAY_SUM', { sum: minutes, delay: delayMinutes(departure) })
  }
  const delays = checkCodedDelay({ minutes, reasons: edit.reasons, remark: edit.remark ?? departure.remark })
  const coded = { delays: delays.length > 0 ? delays : null, ...remark }
  if (isOffBlock(departure)) return coded
  const estimatedAt = minutes === 0 ? null : departure.scheduledAt + minutes * MINUTE
  return { estimatedAt, nextInformationAt: null, feedEstimatedAt: null, ...coded }
}

/**
 * Sets or clears the estimated off-block time. Reasons that no longer add up are dropped: they are given anew.
 * @throws FlightlineError `FL_ESTIMATE_INVALID`, `FL_TRANSITION_INVALID`
 */
export function editEstimate(departure: Departure, estimatedAt: Instant | null): FactsPatch {
  assertAtStand(departure, 'an estimate')
  if (estimatedAt === null) return { estimatedAt: null, delays: null, nextInformationAt: null, feedEstimatedAt: null }
  const limit = exceededBound('estimatedAt', estimatedAt, departure.scheduledAt)
  if (limit) throw new FlightlineError('FL_ESTIMATE_INVALID', { limit, estimatedAt })
  const offset = estimatedAt - departure.scheduledAt
  const stillAddsUp = sumOfReasons(departure.delays ?? []) === Math.max(0, Math.round(offset / MINUTE))
  return { estimatedAt, nextInformationAt: null, feedEstimatedAt: null, ...(!stillAddsUp && { delays: null }) }
}

/**
 * Cancels a departure that is still at its stand.
 * @throws FlightlineError `FL_CANCELLATION_INVALID`
 */
export function editCancellation(
  departure: Departure,
  edit: { readonly at: Instant; readonly reason: CancellationReason; readonly remark?: string | undefined },
): FactsPatch {
  if (isOffBlock(departure)) throw new FlightlineError('FL_CANCELLATION_INVALID', { id: departure.id })
  if (departure.cancelled) throw refuse(departure, 'a cancellation')
  return { cancelled: { at: edit.at, reason: edit.reason }, ...(edit.remark && { remark: edit.remark }) }
}

/**
 * Takes a cancellation back; conflicts that it caused end with it.
 * @throws FlightlineError `FL_REINSTATEMENT_INVALID`
 */
export function editReinstatement(departure: Departure, estimatedAt: Instant | undefined): FactsPatch {
  if (!departure.cancelled) throw new FlightlineError('FL_REINSTATEMENT_INVALID', { id: departure.id })
  const { cancelled, ...alive } = departure
  const estimate = estimatedAt === undefined ? {} : editEstimate(alive, estimatedAt)
  return { cancelled: null, conflicts: null, ...estimate }
}

/** Stages of boarding, with the fact that each sets. */
const stageFacts = { BOARDING: 'boardingAt', FINAL_CALL: 'finalCallAt', GATE_CLOSED: 'gateClosedAt' } as const

/** A stage of boarding. */
export type BoardingStage = keyof typeof stageFacts

/**
 * Marks a stage of boarding, or takes the mark back.
 * @throws FlightlineError `FL_TRANSITION_INVALID` after off-block or cancellation, `FL_TIME_INVALID`
 */
export function editBoarding(departure: Departure, stage: BoardingStage, at: Instant | null): FactsPatch {
  assertAtStand(departure, 'boarding')
  if (at !== null) assertPlausible(departure, stageFacts[stage], at)
  return { [stageFacts[stage]]: at }
}

/** Movements that a desk may report. */
export type DepartureEvent = 'OFF_BLOCK' | 'TAKE_OFF' | 'RETURNED'

/**
 * Marks off-block, take-off or the return to the stand. A return keeps the departure and its id: the off-block time
 * it undoes stays in the history, and boarding begins anew.
 * @throws FlightlineError `FL_TRANSITION_INVALID`, `FL_TIME_INVALID`
 */
export function editMovement(departure: Departure, event: DepartureEvent, at: Instant): FactsPatch {
  if (departure.cancelled) throw refuse(departure, event)
  assertPlausible(departure, 'offBlockAt', at)
  if (departure.offBlockAt !== undefined && at < departure.offBlockAt) throw wrongTime(departure, 'before off-block')
  switch (event) {
    case 'OFF_BLOCK':
      if (isOffBlock(departure)) throw refuse(departure, event)
      return { offBlockAt: at, feedEstimatedAt: null, nextInformationAt: null, returnedAt: null }
    case 'TAKE_OFF':
      if (departure.offBlockAt === undefined || departure.takeOffAt !== undefined) throw refuse(departure, event)
      return { takeOffAt: at }
    case 'RETURNED':
      if (departure.offBlockAt === undefined || departure.takeOffAt !== undefined) throw refuse(departure, event)
      return { offBlockAt: null, boardingAt: null, finalCallAt: null, gateClosedAt: null, returnedAt: at }
  }
}

/**
 * Records that the flight goes to another airport.
 * @throws FlightlineError `FL_TRANSITION_INVALID` before take-off
 */
export function editDiversion(departure: Departure, airport: string, at: Instant): FactsPatch {
  if (departure.cancelled || !isOffBlock(departure) || departure.inBlockAt !== undefined) {
    throw refuse(departure, 'a diversion')
  }
  return { diverted: { airport, at } }
}

function assertAtStand(departure: Departure, action: string): void {
  if (departure.cancelled || isOffBlock(departure)) throw refuse(departure, action)
}

function assertPlausible(departure: Departure, name: FactName, at: Instant): void {
  const limit = exceededBound(name, at, departure.scheduledAt)
  if (limit) throw wrongTime(departure, `more than ${limit} the schedule`)
}

function wrongTime({ id }: Departure, problem: string): FlightlineError {
  return new FlightlineError('FL_TIME_INVALID', { id, problem })
}

function refuse(departure: Departure, action: string): FlightlineError {
  const status = deriveStatus(departure)
  return new FlightlineError('FL_TRANSITION_INVALID', { id: departure.id, status, action })
}

function place(text: string | null): string | null {
  return text === null ? null : normalizeGate(text)
}
