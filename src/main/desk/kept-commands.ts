import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { replaceFile, syncFolder } from '../../node/files/replace-file.ts'
import { setAside } from '../../node/files/set-aside.ts'
import { type KeptCommand, keptCommandSchema } from '../../shared/api/desktop-schemas.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'

/** Commands without an answer, on disk: what a person has decided outlives windows, crashes and restarts. */
export interface KeptCommands {
  /**
   * Keeps a command, held by this page. Resolves when it lies on the disk.
   * @throws FlightlineError `FL_COMMANDS_FULL`, `FL_STORE_FULL`
   */
  keep(page: number, command: KeptCommand): Promise<void>
  /** It was answered, or put away. Unknown ones are no error. */
  forget(commandId: string): Promise<void>
  /** The owner's commands that no other page holds, oldest first; this page holds them from now on. */
  claim(page: number, owner: string): Promise<readonly KeptCommand[]>
  /** How many are to be sent to the present service that no open page holds, whoever gave them. */
  unclaimed(): number
  /** This page is gone; others may claim what it held. */
  released(page: number): void
}

/** What it is made from. */
export interface KeptCommandsParts {
  /** A folder for these alone; made when it is missing. */
  readonly folder: string
  readonly logger: Log
  /** Names the service that commands are meant for now; those for another are kept, and given to nobody. */
  readonly service: () => string
  /** How many are kept at most. */
  readonly limit?: number
}

const LIMIT = 1_000

/** Bytes; the longest text of a command, written with all its escapes, is shorter. */
const LARGEST = 2 * 1024 * 1024

const entrySchema = z.object({
  version: z.literal(1),
  service: z.string(),
  /** Their order. */
  number: z.number().int(),
  command: keptCommandSchema,
})

interface Entry extends Omit<z.output<typeof entrySchema>, 'version'> {
  page?: number
}

interface State {
  readonly parts: KeptCommandsParts
  readonly entries: Map<string, Entry>
  /** Work on one command at a time, so that the last word stands. */
  readonly turns: Map<string, Promise<void>>
  last: number
}

/** Reads what an earlier run left. What cannot be read is set aside and told. */
export async function openKeptCommands(parts: KeptCommandsParts): Promise<KeptCommands> {
  await mkdir(parts.folder, { recursive: true, mode: 0o700 })
  const entries = await readAll(parts)
  const last = Math.max(0, ...[...entries.values()].map(({ number }) => number))
  const state: State = { parts, entries, turns: new Map(), last }
  return {
    keep: (page, command) => inTurn(state, command.commandId, () => keep(state, page, command)),
    forget: (commandId) => inTurn(state, commandId, () => forget(state, commandId)),
    claim: async (page, owner) => claim(state, page, owner),
    unclaimed: () => [...entries.values()].filter((entry) => isUnclaimed(entry, parts.service())).length,
    released(page) {
      for (const entry of entries.values()) if (entry.page === page) delete entry.page
    },
  }
}

function inTurn(state: State, commandId: string, work: () => Promise<void>): Promise<void> {
  const turn = (state.turns.get(commandId) ?? Promise.resolve()).then(work, work)
  state.turns.set(commandId, turn)
  const leave = () => {
    if (state.turns.get(commandId) === turn) state.turns.delete(commandId)
  }
  turn.then(leave, leave)
  return turn
}

async function keep(state: State, page: number, command: KeptCommand): Promise<void> {
  const { parts, entries } = state
  const { commandId } = command
  const known = entries.get(commandId)
  const { limit = LIMIT } = parts
  if (!known && entries.size >= limit) throw new FlightlineError('FL_COMMANDS_FULL', { limit })
  // One that is kept again was meant for the service that it was given for.
  const entry: Entry = {
    service: known?.service ?? parts.service(),
    number: known?.number ?? nextNumber(state),
    command,
    page,
  }
  // Counted before it is written: many that come at once must not pass the limit together.
  entries.set(commandId, entry)
  try {
    const { service, number } = entry
    await replaceFile(pathOf(parts, commandId), JSON.stringify({ version: 1, service, number, command }))
  } catch (error) {
    if (known) entries.set(commandId, known)
    else entries.delete(commandId)
    throw isDiskFull(error) ? new FlightlineError('FL_STORE_FULL', {}, { cause: error }) : error
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

function nextNumber(state: Pick<State, 'last'>): number {
  state.last += 1
  return state.last
}

async function forget({ parts, entries }: State, commandId: string): Promise<void> {
  if (!entries.has(commandId)) return
  await rm(pathOf(parts, commandId), { force: true })
  await syncFolder(parts.folder)
  entries.delete(commandId)
}

function claim({ parts, entries }: State, page: number, owner: string): readonly KeptCommand[] {
  const service = parts.service()
  const free = [...entries.values()]
    .filter((entry) => entry.command.owner === owner && entry.service === service)
    .filter((entry) => entry.page === undefined || entry.page === page)
    .sort((left, right) => left.number - right.number)
  for (const entry of free) entry.page = page
  return free.map(({ command }) => command)
}

function isUnclaimed({ page, service, command }: Entry, present: string): boolean {
  return page === undefined && service === present && command.isOver !== true
}

const NAME = /^[0-9a-f-]{36}\.json(\.tmp)?$/i

/** Ids are UUIDs; whatever else may call itself one must not lead out of the folder. */
function pathOf({ folder }: KeptCommandsParts, commandId: string): string {
  const name = `${z.uuid().parse(commandId)}.json`
  return join(folder, name)
}

async function readAll(parts: KeptCommandsParts): Promise<Map<string, Entry>> {
  const names = (await readdir(parts.folder)).filter((name) => NAME.test(name)).sort()
  const entries = new Map<string, Entry>()
  for (const name of names) {
    const entry = await readEntry(parts, name)
    if (entry) entries.set(entry.command.commandId, entry)
  }
  return entries
}

/** What lies here may be anything: whatever it is, it keeps no desktop from starting. */
async function readEntry({ folder, logger }: KeptCommandsParts, name: string): Promise<Entry | undefined> {
  const path = join(folder, name)
  try {
    // Was being written when the desktop died: its page was never told that it is kept, so nothing was promised.
    if (name.endsWith('.tmp')) {
      await rm(path, { force: true })
      return undefined
    }
    const { version: _version, ...entry } = entrySchema.parse(JSON.parse(await readPlainFile(path)))
    if (`${entry.command.commandId}.json` !== name) throw new Error('the name is another command’s')
    return entry
  } catch (err) {
    const problem = err instanceof Error ? err.name : 'unknown'
    const place = await setAside(path, Date.now()).catch(() => undefined)
    const words = place === undefined ? 'it lies where it was' : 'it was set aside'
    logger.error({ problem, place: place ?? path }, `a kept command cannot be read; ${words}`)
    return undefined
  }
}

/** Neither a link, which leads elsewhere, nor a pipe, which is never read to its end. */
async function readPlainFile(path: string): Promise<string> {
  const found = await lstat(path)
  if (!found.isFile() || found.size > LARGEST) throw new Error('it is no file of a command')
  return readFile(path, 'utf8')
}
