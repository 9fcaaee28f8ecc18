import type { Client } from './client.ts'
import type { PushLimits } from './parts.ts'

/** Sockets in as many groups as there are sweeps in a heartbeat, so that they are not all pinged in the same moment. */
export interface Rota {
  /** The number of one of the groups. */
  anySlot(): number
  join(client: Client): void
  leave(client: Client): void
  /** The group whose turn it is; each call is the next one's turn. */
  next(): ReadonlySet<Client>
}

/** Nobody has joined yet. */
export function createRota({ heartbeat, sweep }: Pick<PushLimits, 'heartbeat' | 'sweep'>): Rota {
  const count = Math.max(1, Math.round(heartbeat / sweep))
  const groups = Array.from({ length: count }, () => new Set<Client>())
  let turn = 0
  return {
    anySlot: () => Math.floor(Math.random() * count),
    join: (client) => void groups[client.slot]?.add(client),
    leave: (client) => void groups[client.slot]?.delete(client),
    next() {
      turn = (turn + 1) % count
      return groups[turn] ?? new Set()
    },
  }
}
