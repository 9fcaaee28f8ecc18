import type { Alert, Attention } from '../../shared/api/desktop-schemas.ts'
import type { Timer } from '../../shared/ports/timer.ts'

/** What calling the person's attention needs. */
export interface AttentionParts {
  readonly timer: Timer
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Whoever looks at a window sees it there. */
  readonly isAnyFocused: () => boolean
  /** Shows a number at the program's icon; 0 takes it away. */
  readonly badge: (count: number) => void
  /** Shows a notification of the system's. */
  readonly notify: (alert: Pick<Alert, 'title' | 'text'>, clicked: () => void) => void
  /** A notification was clicked. */
  readonly open: (alert: Alert) => void
}

/** Sums up what the pages have, and calls the person where nobody looks. */
export interface AttentionSum {
  report(page: number, attention: Attention): void
  alert(page: number, alert: Alert): void
  /** The page is gone, and its figures with it. */
  forget(page: number): void
  read(): Omit<Attention, 'phase'>
  /** @returns the end of the subscription */
  onChange(listener: () => void): () => void
}

/** A connection that is back sooner was hardly away. */
export const LOST_AFTER = 10_000

/** No more than one notification of a kind in this time: a flapping line must not train people to look away. */
const QUIET = 30_000

/** Sums up nothing yet. */
export function createAttention(parts: AttentionParts): AttentionSum {
  const pages = new Map<number, Attention>()
  const listeners = new Set<() => void>()
  const lastAt = new Map<Alert['kind'], number>()
  const read = () => sum([...pages.values()])
  const changed = () => {
    const { waiting, conflicts, failed } = read()
    parts.badge(waiting + conflicts + failed)
    for (const listener of listeners) listener()
  }
  const show = (alert: Alert) => {
    const last = lastAt.get(alert.kind)
    if (parts.isAnyFocused() || (last !== undefined && parts.now() - last < QUIET)) return
    lastAt.set(alert.kind, parts.now())
    parts.notify({ title: alert.title, text: alert.text }, () => parts.open(alert))
  }
  return {
    read,
    report(page, attention) {
      pages.set(page, attention)
      changed()
    },
    alert(page, alert) {
      if (alert.kind !== 'lost') return show(alert)
      parts.timer.after(LOST_AFTER, () => {
        if (pages.get(page)?.phase === 'reconnecting') show(alert)
      })
    },
    forget(page) {
      if (pages.delete(page)) changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function sum(all: readonly Attention[]): Omit<Attention, 'phase'> {
  const total = (name: 'waiting' | 'conflicts' | 'failed') => all.reduce((count, page) => count + page[name], 0)
  return { waiting: total('waiting'), conflicts: total('conflicts'), failed: total('failed') }
}
