import { createStore, type StoreApi } from 'zustand/vanilla'

/** Something the person at the desk must notice, read out by screen readers. */
export interface Announcement {
  readonly id: number
  readonly tone: 'info' | 'problem'
  readonly text: string
}

/** What was announced and not yet put away. */
interface AnnouncementState {
  readonly items: readonly Announcement[]
}

/** The store of announcements. */
export type AnnouncementStore = StoreApi<AnnouncementState>

// More than a few at once are not read; the oldest make room.
const MOST = 4
let lastId = 0

/** Nothing announced. */
export function createAnnouncementStore(): AnnouncementStore {
  return createStore<AnnouncementState>()(() => ({ items: [] }))
}

/** Announces something; the same words standing there already are not repeated. */
export function announce(store: AnnouncementStore, tone: Announcement['tone'], text: string): void {
  const { items } = store.getState()
  if (items.some((item) => item.text === text)) return
  lastId += 1
  store.setState({ items: [...items, { id: lastId, tone, text }].slice(-MOST) })
}

/** Puts an announcement away. */
export function dismiss(store: AnnouncementStore, id: number): void {
  store.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }))
}
