/** Where the browser keeps what a passenger follows; the two methods of `localStorage` that are used. */
export interface KeyValueStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = 'flightline.followed'
const LONGEST = 30
const DAYS_KEPT = 3
const DAY = 86_400_000

/**
 * Reads the followed flights; those of past days are dropped, and anything unreadable counts as nothing: storage is
 * shared with whatever else ran here, and some browsers refuse it.
 * @param now - our clock
 */
export function readFollowed(storage: KeyValueStorage, now: number): readonly string[] {
  try {
    const ids: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => isRecentId(id, now)).slice(-LONGEST) : []
  } catch {
    return []
  }
}

/** Keeps the followed flights. @returns whether the browser took them */
export function writeFollowed(storage: KeyValueStorage, ids: readonly string[]): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(ids.slice(-LONGEST)))
    return true
  } catch {
    return false
  }
}

function isRecentId(id: unknown, now: number): id is string {
  const date = typeof id === 'string' ? /-(\d{4}-\d\d-\d\d)-/.exec(id)?.[1] : undefined
  return date !== undefined && now - Date.parse(date) < DAYS_KEPT * DAY
}
