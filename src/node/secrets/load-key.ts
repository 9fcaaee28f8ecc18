import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { parseKey } from './key-text.ts'

/** Where the key comes from. */
export interface KeySource {
  /** `FLIGHTLINE_PII_KEY`; wins over the file. */
  readonly piiKey?: string | undefined
  readonly dataFolder: string
}

const FILE = 'pii.key'

/**
 * The key for addresses at rest: from the settings, or from a file that only its owner may read, made at first start.
 * @throws FlightlineError `FL_SETTINGS_INVALID` when there is something that is no key: making a new one in its place
 * would leave every stored address unreadable
 */
export function loadKey({ piiKey, dataFolder }: KeySource): Buffer {
  if (piiKey !== undefined) return parseKey(piiKey) ?? refuse('FLIGHTLINE_PII_KEY: say 32 bytes in base64 or hex')
  const file = join(dataFolder, FILE)
  const text = readOrMake(dataFolder, file)
  return parseKey(text.trim()) ?? refuse(`the key file ${file} is damaged; restore it from a backup`)
}

/** A folder that cannot be used is a wrong setting, whatever the system calls it. */
function readOrMake(folder: string, file: string): string {
  try {
    return readText(file) ?? makeFile(folder, file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOSPC') throw new FlightlineError('FL_STORE_FULL', {}, { cause: error })
    throw refuse(`FLIGHTLINE_DATA: the folder ${folder} cannot be used (${code})`)
  }
}

/** A key that became readable for others, by a copy or a restored backup, is closed again. */
function readText(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    chmodSync(file, 0o600)
    return text
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Written beside and then linked: of two processes that start at once one wins, and nobody ever reads half a key.
 */
function makeFile(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8')
}

function refuse(problems: string): never {
  throw new FlightlineError('FL_SETTINGS_INVALID', { count: 1, problems })
}
