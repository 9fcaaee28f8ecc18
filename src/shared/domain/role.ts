import { FlightlineError } from '../lib/errors.ts'

/** Roles from the least to the most trusted. */
export const roles = ['gate', 'ops', 'supervisor', 'admin'] as const

/** A member of {@link roles}. */
export type Role = (typeof roles)[number]

/** The signed-in person, as far as a command needs to know. `stations` holds IATA codes, or `*` for all. */
export interface Actor {
  readonly name: string
  readonly role: Role
  readonly stations: readonly string[]
}

/** What may be done, and the least role that may do it. Deny by default: an action not listed does not exist. */
export const leastRole = {
  viewBoard: 'gate',
  viewHistory: 'gate',
  viewMailbox: 'gate',
  setGate: 'gate',
  setDelay: 'gate',
  setEstimate: 'gate',
  markBoarding: 'gate',
  markDeparture: 'gate',
  cancel: 'ops',
  reinstate: 'ops',
  divert: 'ops',
  broadcast: 'supervisor',
  viewSystem: 'supervisor',
  importData: 'admin',
  changeSettings: 'admin',
  manageStaff: 'admin',
} as const satisfies Record<string, Role>

/** The name of an action that needs a role. */
export type Action = keyof typeof leastRole

/** Whether `role` is at least the role that `action` needs. */
export function canPerform(role: Role, action: Action): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole[action])
}

/**
 * Refuses unless the actor's role allows the action and, where one is given, the station is theirs.
 * @throws FlightlineError `FL_FORBIDDEN` or `FL_STATION_FOREIGN`
 */
export function assertAllowed(actor: Actor, action: Action, station?: string): void {
  if (!canPerform(actor.role, action)) {
    throw new FlightlineError('FL_FORBIDDEN', { role: actor.role, needed: leastRole[action], action })
  }
  if (station !== undefined && !actor.stations.includes('*') && !actor.stations.includes(station)) {
    throw new FlightlineError('FL_STATION_FOREIGN', { station, stations: actor.stations.join(', ') })
  }
}
