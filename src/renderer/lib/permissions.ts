import { type Action, type Actor, canPerform } from '../../shared/domain/role.ts'

/**
 * Whether to offer an action at a station. It only decides what is drawn: the desk service decides again, and its word
 * counts.
 */
export function isAllowed(actor: Actor | null, action: Action, station: string): boolean {
  if (!actor || !canPerform(actor.role, action)) return false
  return actor.stations.includes('*') || actor.stations.includes(station)
}
