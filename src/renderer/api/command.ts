import type { CommandAnswer } from '../../shared/api/schemas.ts'
import type { CancellationReason } from '../../shared/domain/cancellation.ts'
import type { FactsPatch } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import {
  type BoardingStage,
  type DelayEdit,
  type DepartureEvent,
  editBoarding,
  editCancellation,
  editDelay,
  editDiversion,
  editEstimate,
  editGate,
  editMovement,
  editReinstatement,
} from '../../shared/domain/edits.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { ConsoleClient } from './console-client.ts'

/** What a person wants to change, by the procedure that does it. */
export type CommandBody =
  | { readonly kind: 'setGate'; readonly gate: string | null }
  | ({ readonly kind: 'setDelay' } & DelayEdit)
  | { readonly kind: 'setEstimate'; readonly estimatedAt: Instant | null }
  | { readonly kind: 'cancel'; readonly reason: CancellationReason; readonly remark?: string | undefined }
  | { readonly kind: 'reinstate'; readonly estimatedAt?: Instant | undefined }
  | { readonly kind: 'markBoarding'; readonly stage: BoardingStage; readonly at?: Instant | null | undefined }
  | { readonly kind: 'markDeparture'; readonly event: DepartureEvent; readonly at?: Instant | undefined }
  | { readonly kind: 'divert'; readonly airport: string }

/** A command on its way: what is wanted, and the departure as the person saw it. */
export interface Command {
  /** Made once and kept through every retry, so that a lost reply cannot carry the command out twice. */
  readonly commandId: string
  /** What was on the screen; its revision goes with the command. */
  readonly base: Departure
  readonly body: CommandBody
  /** Name of the person who acted; it is sent for nobody else. */
  readonly owner: string
  /** When they acted: the service's wall clock, as this console knows it. */
  readonly madeAt: Instant
  /** The last moment (the same clock) at which it may be executed. */
  readonly validUntil: Instant
}

/**
 * The facts that a command sets, by the desk service's own rules, so that screen and service cannot disagree.
 * @param now - the operational clock, for marks without a time
 * @throws FlightlineError when the command does not apply to that departure
 */
export function factsOf(body: CommandBody, departure: Departure, now: Instant): FactsPatch {
  switch (body.kind) {
    case 'setGate':
      return editGate(departure, body)
    case 'setDelay':
      return editDelay(departure, body)
    case 'setEstimate':
      return editEstimate(departure, body.estimatedAt)
    case 'cancel':
      return editCancellation(departure, { at: now, reason: body.reason, remark: body.remark })
    case 'reinstate':
      return editReinstatement(departure, body.estimatedAt)
    case 'markBoarding':
      return editBoarding(departure, body.stage, body.at === undefined ? now : body.at)
    case 'markDeparture':
      return editMovement(departure, body.event, body.at ?? now)
    case 'divert':
      return editDiversion(departure, body.airport, now)
  }
}

/**
 * The body with the operational time at which the person acted where it was left to the service: "boarding now" that
 * waits for a connection must not become "boarding when the connection came back".
 */
export function withTime(body: CommandBody, operational: Instant): CommandBody {
  const isImplied = (body.kind === 'markBoarding' || body.kind === 'markDeparture') && body.at === undefined
  return isImplied ? { ...body, at: operational } : body
}

/** Calls the command's procedure. */
export function sendCommand(
  { departures }: ConsoleClient,
  command: Command,
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const { body, base, commandId, validUntil } = command
  const head = { id: base.id, revision: base.revision, commandId, validUntil }
  switch (body.kind) {
    case 'setGate':
      return departures.setGate({ ...head, gate: body.gate }, { signal })
    case 'setDelay': {
      const { delay, reasons, remark } = body
      return departures.setDelay({ ...head, delay, reasons: [...reasons], remark }, { signal })
    }
    case 'setEstimate':
      return departures.setEstimate({ ...head, estimatedAt: body.estimatedAt }, { signal })
    case 'cancel':
      return departures.cancel({ ...head, reason: body.reason, remark: body.remark }, { signal })
    case 'reinstate':
      return departures.reinstate({ ...head, estimatedAt: body.estimatedAt }, { signal })
    case 'markBoarding':
      return departures.markBoarding({ ...head, stage: body.stage, at: body.at }, { signal })
    case 'markDeparture':
      return departures.markDeparture({ ...head, event: body.event, at: body.at }, { signal })
    case 'divert':
      return departures.divert({ ...head, airport: body.airport }, { signal })
  }
}
