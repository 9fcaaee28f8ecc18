import type { LinkState } from '../../shared/api/desktop-schemas.ts'
import type { Clock } from '../../shared/ports/clock.ts'

/** What a desk depends on. */
export type LinkPart = 'store' | 'log'

/** How store and log are doing, as this desk sees it. */
export interface DeskLinks {
  read(): Readonly<Record<LinkPart, LinkState>>
  /** @returns the end of the subscription */
  onChange(listener: () => void): () => void
}

/** The same in the hands of whoever finds out. */
export interface LinkBoard extends DeskLinks {
  set(part: LinkPart, status: LinkState['status'], message?: string): void
}

/** Starts with both parts being opened. */
export function createLinks(clock: Pick<Clock, 'wall'>): LinkBoard {
  const opening = (): LinkState => ({ status: 'opening', since: clock.wall() })
  const states: Record<LinkPart, LinkState> = { store: opening(), log: opening() }
  const listeners = new Set<() => void>()
  return {
    read: () => ({ ...states }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(part, status, message) {
      const before = states[part]
      if (before.status === status && before.message === message) return
      const since = before.status === status ? before.since : clock.wall()
      states[part] = { status, since, ...(message !== undefined && { message }) }
      for (const listener of [...listeners]) listener()
    },
  }
}
