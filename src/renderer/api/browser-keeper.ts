import { z } from 'zod'
import { keptCommandSchema } from '../../shared/api/desktop-schemas.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { CommandKeeper } from './command-keeper.ts'

/** What a browser offers for keeping. */
export interface BrowserKeeperParts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  readonly locks: Pick<LockManager, 'request' | 'query'>
  /** A name for this page, as no other has it. */
  readonly page: string
  /** Resolves when this page ends. A browser frees the page's locks by itself, so only tests give it. */
  readonly ended?: Promise<void>
  /** How many are kept for one person at most. */
  readonly limit?: number
}

const PREFIX = 'flightline.command.'
const HOLDER = 'flightline.page.'
const CLAIM = 'flightline.claim'
const LIMIT = 200

const entrySchema = z.object({ page: z.string(), number: z.number(), command: keptCommandSchema })
type Entry = z.output<typeof entrySchema>

/**
 * Keeps commands in the storage that all tabs of this browser share. Each page holds a lock with its name for as long as
 * it lives, so that the others can tell what a reloaded or crashed one has left behind from what an open one is sending.
 */
export function createBrowserKeeper(parts: BrowserKeeperParts): CommandKeeper {
  const { storage, locks, limit = LIMIT } = parts
  const held = holdName(parts)

  return {
    async keep(command) {
      await held
      const mine = listEntries(storage).filter(({ command: { owner } }) => owner === command.owner)
      const known = mine.find((entry) => entry.command.commandId === command.commandId)
      if (!known && mine.length >= limit) throw new FlightlineError('FL_COMMANDS_FULL', { limit })
      const number = known?.number ?? Math.max(0, ...mine.map((entry) => entry.number)) + 1
      write(storage, { page: parts.page, number, command })
    },
    async forget(commandId) {
      storage.removeItem(PREFIX + commandId)
    },
    async claim(owner) {
      await held
      // One page at a time, so that two of them cannot both find the same command free.
      return locks.request(CLAIM, async () => {
        const open = await namesOfOpenPages(locks)
        const free = listEntries(storage)
          .filter((entry) => entry.command.owner === owner)
          .filter(({ page }) => page === parts.page || !open.has(page))
          .sort((left, right) => left.number - right.number)
        for (const entry of free) write(storage, { ...entry, page: parts.page })
        return free.map(({ command }) => command)
      })
    },
  }
}

function holdName({ locks, page, ended }: BrowserKeeperParts): Promise<void> {
  const { promise: held, resolve } = Promise.withResolvers<void>()
  void locks.request(HOLDER + page, () => {
    resolve()
    return ended ?? new Promise<void>(() => undefined)
  })
  return held
}

async function namesOfOpenPages(locks: BrowserKeeperParts['locks']): Promise<ReadonlySet<string>> {
  const { held = [] } = await locks.query()
  return new Set(held.flatMap(({ name }) => (name?.startsWith(HOLDER) ? [name.slice(HOLDER.length)] : [])))
}

function write(storage: BrowserKeeperParts['storage'], entry: Entry): void {
  try {
    storage.setItem(PREFIX + entry.command.commandId, JSON.stringify(entry))
  } catch (cause) {
    // The browser's own words are about quotas and keys.
    throw new Error('The storage of this browser is full.', { cause })
  }
}

function listEntries(storage: BrowserKeeperParts['storage']): readonly Entry[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  return keys.flatMap((key) => (key?.startsWith(PREFIX) ? readEntry(storage, key) : []))
}

/** What is not an entry was not written by this program and is nobody's command; it is left where it lies. */
function readEntry(storage: BrowserKeeperParts['storage'], key: string): readonly Entry[] {
  try {
    const { data } = entrySchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null'))
    return data && PREFIX + data.command.commandId === key ? [data] : []
  } catch {
    // No JSON at all: somebody else's, as above.
    return []
  }
}
