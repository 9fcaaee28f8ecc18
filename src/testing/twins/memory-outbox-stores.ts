import type { Broadcast } from '../../shared/domain/broadcast.ts'
import type { Change } from '../../shared/domain/change.ts'
import type { HistoryStore } from '../../shared/ports/history-store.ts'
import type { BroadcastStore } from '../../shared/ports/notice-stores.ts'
import type { LeaseStore } from '../../shared/ports/system-stores.ts'

/** Leases in memory, for several holders in one process. */
export function memoryLeases(): LeaseStore {
  const held = new Map<string, { owner: string; until: number }>()
  return {
    async acquire({ name, owner, now, ttl }) {
      const holder = held.get(name)
      if (holder && holder.owner !== owner && holder.until > now) return false
      held.set(name, { owner, until: now + ttl })
      return true
    },
    async release(name, owner) {
      if (held.get(name)?.owner === owner) held.delete(name)
    },
  }
}

/** History in memory. */
export function memoryHistory(): HistoryStore {
  const changes = new Map<string, Change>()
  return {
    async append(added) {
      for (const change of added) if (!changes.has(change.id)) changes.set(change.id, change)
    },
    async list(departureId) {
      return [...changes.values()].filter((change) => change.departureId === departureId)
    },
    count: async () => changes.size,
  }
}

/** Broadcasts in memory. */
export function memoryBroadcasts(): BroadcastStore {
  const all = new Map<string, Broadcast>()
  const waiting = new Set<string>()
  const byIds = (ids: Iterable<string>) => [...ids].flatMap((id) => all.get(id) ?? [])
  return {
    async add(broadcast) {
      const known = [...all.values()].find(({ commandId }) => commandId === broadcast.commandId)
      if (known) return known
      all.set(broadcast.id, broadcast)
      waiting.add(broadcast.id)
      return broadcast
    },
    get: async (id) => all.get(id),
    latest: async (limit) => [...all.values()].reverse().slice(0, limit),
    valid: async (now) => [...all.values()].filter(({ validUntil }) => validUntil > now),
    unpublished: async (limit) => byIds(waiting).slice(0, limit),
    async markPublished(ids) {
      for (const id of ids) waiting.delete(id)
    },
  }
}
