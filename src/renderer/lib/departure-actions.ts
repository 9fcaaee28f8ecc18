import type { Departure } from '../../shared/domain/departure.ts'
import type { Action, Actor } from '../../shared/domain/role.ts'
import { isOffBlock } from '../../shared/domain/status.ts'
import type { CommandBody } from '../api/command.ts'
import { isAllowed } from './permissions.ts'

/** Editors that an action may open. */
export type EditorKind = 'delay' | 'estimate' | 'offBlock' | 'takeOff' | 'return' | 'cancel' | 'reinstate' | 'divert'

/** What choosing an action does: opens an editor, sends at once, edits in the cell, or shows the history. */
type ActionEffect =
  | { readonly kind: 'editor'; readonly editor: EditorKind }
  | { readonly kind: 'command'; readonly body: CommandBody }
  | { readonly kind: 'gate' }
  | { readonly kind: 'history' }

/** One thing that can be done with a departure. */
export interface DepartureAction {
  readonly id: string
  readonly label: string
  /** The key that chooses it on the board and in the menu. */
  readonly key: string
  readonly effect: ActionEffect
  /** Why it cannot be chosen now. */
  readonly disabledBecause?: string | undefined
}

interface Rule {
  readonly id: string
  readonly label: string
  readonly key: string
  readonly needs: Action
  readonly effect: (departure: Departure) => ActionEffect
  /** Whether it has a sense for the departure as it is; otherwise it is not listed. */
  readonly fits: (departure: Departure) => boolean
}

const always = () => true
const editor = (kind: EditorKind) => (): ActionEffect => ({ kind: 'editor', editor: kind })
const isAtStand = (departure: Departure) => !departure.cancelled && !isOffBlock(departure)
const isTaxiing = (departure: Departure) =>
  !departure.cancelled && departure.offBlockAt !== undefined && departure.takeOffAt === undefined

function boarding(stage: 'BOARDING' | 'FINAL_CALL' | 'GATE_CLOSED', at?: null): Rule['effect'] {
  return () => ({ kind: 'command', body: { kind: 'markBoarding', stage, ...(at === null && { at }) } })
}

const rules: readonly Rule[] = [
  { id: 'gate', label: 'Change gate', key: 'g', needs: 'setGate', effect: () => ({ kind: 'gate' }), fits: isAtStand },
  {
    id: 'delay',
    label: 'Set delay and reasons',
    key: 'd',
    needs: 'setDelay',
    effect: editor('delay'),
    fits: (departure) => !departure.cancelled,
  },
  {
    id: 'estimate',
    label: 'Set estimate',
    key: 'e',
    needs: 'setEstimate',
    effect: editor('estimate'),
    fits: isAtStand,
  },
  {
    id: 'boarding',
    label: 'Boarding now',
    key: 'b',
    needs: 'markBoarding',
    effect: boarding('BOARDING'),
    fits: (departure) => isAtStand(departure) && departure.boardingAt === undefined,
  },
  {
    id: 'final-call',
    label: 'Final call now',
    key: 'f',
    needs: 'markBoarding',
    effect: boarding('FINAL_CALL'),
    fits: (departure) => isAtStand(departure) && departure.finalCallAt === undefined,
  },
  {
    id: 'gate-closed',
    label: 'Gate closed now',
    key: 'c',
    needs: 'markBoarding',
    effect: boarding('GATE_CLOSED'),
    fits: (departure) => isAtStand(departure) && departure.gateClosedAt === undefined,
  },
  {
    id: 'take-back',
    label: 'Take back last boarding mark',
    key: 'k',
    needs: 'markBoarding',
    effect: takeBack,
    fits: (departure) => isAtStand(departure) && lastStage(departure) !== undefined,
  },
  {
    id: 'off-block',
    label: 'Off block',
    key: 'o',
    needs: 'markDeparture',
    effect: editor('offBlock'),
    fits: isAtStand,
  },
  { id: 'take-off', label: 'Take-off', key: 't', needs: 'markDeparture', effect: editor('takeOff'), fits: isTaxiing },
  {
    id: 'return',
    label: 'Returned to stand',
    key: 'r',
    needs: 'markDeparture',
    effect: editor('return'),
    fits: isTaxiing,
  },
  { id: 'cancel', label: 'Cancel flight', key: 'x', needs: 'cancel', effect: editor('cancel'), fits: isAtStand },
  {
    id: 'reinstate',
    label: 'Reinstate',
    key: 'i',
    needs: 'reinstate',
    effect: editor('reinstate'),
    fits: (departure) => departure.cancelled !== undefined,
  },
  {
    id: 'divert',
    label: 'Divert',
    key: 'v',
    needs: 'divert',
    effect: editor('divert'),
    fits: (departure) => !departure.cancelled && isOffBlock(departure) && departure.inBlockAt === undefined,
  },
  {
    id: 'history',
    label: 'History',
    key: 'h',
    needs: 'viewHistory',
    effect: () => ({ kind: 'history' }),
    fits: always,
  },
]

/** What can be done with a departure as it is; what the person may not do is listed with the reason. */
export function departureActions(departure: Departure, actor: Actor | null): readonly DepartureAction[] {
  return rules
    .filter((rule) => rule.fits(departure))
    .map(({ id, label, key, needs, effect }) => ({
      id,
      label,
      key,
      effect: effect(departure),
      disabledBecause: refusal(departure, actor, needs),
    }))
}

/** What an action is called, whether it can be chosen or not. */
export function actionLabel(id: string): string {
  return rules.find((rule) => rule.id === id)?.label ?? id
}

/** The action behind a key, if it can be chosen. */
export function actionForKey(departure: Departure, actor: Actor | null, key: string): DepartureAction | undefined {
  return departureActions(departure, actor).find((action) => action.key === key && !action.disabledBecause)
}

function refusal({ origin }: Departure, actor: Actor | null, needs: Action): string | undefined {
  // Reading is not bound to a station: everybody signed in sees the whole board.
  const station = needs === 'viewHistory' ? (actor?.stations[0] ?? origin) : origin
  if (isAllowed(actor, needs, station)) return undefined
  return actor && isAllowed({ ...actor, stations: ['*'] }, needs, origin)
    ? `You are signed in for ${actor.stations.join(', ')}.`
    : 'Your role may not do this.'
}

function lastStage(departure: Departure): 'BOARDING' | 'FINAL_CALL' | 'GATE_CLOSED' | undefined {
  if (departure.gateClosedAt !== undefined) return 'GATE_CLOSED'
  if (departure.finalCallAt !== undefined) return 'FINAL_CALL'
  return departure.boardingAt === undefined ? undefined : 'BOARDING'
}

function takeBack(departure: Departure): ActionEffect {
  const stage = lastStage(departure) ?? 'BOARDING'
  return { kind: 'command', body: { kind: 'markBoarding', stage, at: null } }
}
