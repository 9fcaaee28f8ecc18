import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Client } from './client.ts'
import { createEverybody, type Everybody } from './everybody.ts'

/** Who follows what. */
export interface Followers {
  /** Sockets that follow every flight. */
  readonly all: Everybody
  /** Clients that chose this flight; may hold some that follow all as well. */
  of(id: DepartureId): ReadonlySet<Client>
  /** How many flights somebody chose. */
  flights(): number
  follow(client: Client, id: DepartureId): void
  unfollow(client: Client, id: DepartureId): void
  followAll(client: Client): void
  unfollowAll(client: Client): void
  /** Forgets a client that is gone. */
  remove(client: Client): void
}

const nobody: ReadonlySet<Client> = new Set()

/** Keeps who follows what, so that a change finds its clients without looking at all of them. */
export function createFollowers(): Followers {
  const all = createEverybody()
  const byFlight = new Map<DepartureId, Set<Client>>()
  const unfollow = (client: Client, id: DepartureId) => {
    client.flights.delete(id)
    const clients = byFlight.get(id)
    clients?.delete(client)
    if (clients?.size === 0) byFlight.delete(id)
  }
  return {
    all,
    of: (id) => byFlight.get(id) ?? nobody,
    flights: () => byFlight.size,
    follow(client, id) {
      client.flights.add(id)
      const clients = byFlight.get(id)
      if (clients) clients.add(client)
      else byFlight.set(id, new Set([client]))
    },
    unfollow,
    followAll(client) {
      client.followsAll = true
      all.add(client.link)
    },
    unfollowAll(client) {
      client.followsAll = false
      all.remove(client.link)
    },
    remove(client) {
      all.remove(client.link)
      for (const id of [...client.flights]) unfollow(client, id)
    },
  }
}
