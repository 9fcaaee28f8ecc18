import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from '../../node/files/replace-file.ts'
import { setAside } from '../../node/files/set-aside.ts'
import { FlightlineError, isFlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'

/** The slice of Electron's `safeStorage` that is used: its asynchronous half. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>
  /** Linux only. */
  getSelectedStorageBackend?(): string
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(sealed: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>
}

/** What the vault is made from. */
export interface VaultParts {
  readonly safeStorage: SafeStorage
  readonly path: string
  readonly platform: NodeJS.Platform
  readonly logger: Log
  readonly now: () => number
}

/** Whether secrets can be kept here, and if not, what to do. */
export interface VaultSafety {
  readonly isSafe: boolean
  readonly advice?: string
}

/** Keeps secrets as the system keeps them: keychain, DPAPI, Secret Service, KWallet. */
export interface Vault {
  safety(): Promise<VaultSafety>
  /**
   * What is kept, by name. What cannot be read any more is set aside, and counts as nothing; so does, untouched, what
   * cannot be read now.
   */
  read(): Promise<Readonly<Record<string, string>>>
  /**
   * Sets some names; `undefined` removes one. Others stay as they are.
   * @throws FlightlineError `FL_SECRETS_UNPROTECTED` where the system cannot keep secrets, `FL_SECRETS_LOCKED` while it
   * gives none
   */
  change(secrets: Readonly<Record<string, string | undefined>>): Promise<void>
}

const contentSchema = z.record(z.string(), z.string())

const ADVICE =
  'This system has no keyring to keep passwords in. Install one (GNOME Keyring or KWallet) and sign in to the system again, ' +
  'or connect to a Flightline server, which needs no passwords here, or give the settings through the environment.'

/** Opens the vault; nothing is read before it is asked for. */
export function createVault(parts: VaultParts): Vault {
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = turn.then(work, work)
    turn = next
    return next
  }
  return {
    safety: () => safetyOf(parts),
    read: () => inTurn(() => read(parts)),
    change: (secrets) => inTurn(() => change(parts, secrets)),
  }
}

/** Stores of Linux that keep a key of their own. The others are `basic_text`, and what Electron does not know yet. */
const keyrings: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])

/** How Chromium marks, on Linux, what it has sealed with a password that everybody knows. */
const KNOWN_TO_ALL = 'v10'

async function safetyOf({ safeStorage, platform }: VaultParts): Promise<VaultSafety> {
  const isSafe =
    (platform !== 'linux' || keyrings.has(safeStorage.getSelectedStorageBackend?.() ?? '')) &&
    (await safeStorage.isAsyncEncryptionAvailable()) &&
    isSealed(await safeStorage.encryptStringAsync('anything'), platform)
  return isSafe ? { isSafe } : { isSafe, advice: ADVICE }
}

/** The name of the store follows from the desktop environment alone; whether its keyring runs shows only in what it made. */
function isSealed(sealed: Buffer, platform: NodeJS.Platform): boolean {
  return platform !== 'linux' || !sealed.toString('latin1').startsWith(KNOWN_TO_ALL)
}

async function read(parts: VaultParts): Promise<Readonly<Record<string, string>>> {
  try {
    return await unseal(parts)
  } catch (error) {
    if (!isFlightlineError(error, 'FL_SECRETS_LOCKED')) throw error
    parts.logger.error({ code: error.code }, error.message)
    return {}
  }
}

async function unseal(parts: VaultParts): Promise<Readonly<Record<string, string>>> {
  const sealed = await readSealed(parts.path)
  if (!sealed) return {}
  try {
    const { result, shouldReEncrypt } = await parts.safeStorage.decryptStringAsync(sealed)
    const content = contentSchema.parse(JSON.parse(result))
    // The old seal holds as well until the next change.
    if (shouldReEncrypt)
      await write(parts, content).catch((err: unknown) => parts.logger.warn({ err }, 'not sealed anew'))
    return content
  } catch (error) {
    if (isForNow(error)) throw new FlightlineError('FL_SECRETS_LOCKED', {}, { cause: error })
    const reason = error instanceof Error ? error.name : 'unknown'
    const place = await setAside(parts.path, parts.now())
    parts.logger.error({ reason, place }, 'the stored secrets cannot be read any more and have to be entered again')
    return {}
  }
}

/** Electron tells by its message alone that the keyring exists and gives nothing, as when it is locked. */
function isForNow(error: unknown): boolean {
  return error instanceof Error && error.message.includes('temporarily unavailable')
}

async function readSealed(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function change(parts: VaultParts, secrets: Readonly<Record<string, string | undefined>>): Promise<void> {
  const before = await unseal(parts)
  const entries = Object.entries({ ...before, ...secrets }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const after: Readonly<Record<string, string>> = Object.fromEntries(entries)
  if (entries.length === 0) return rm(parts.path, { force: true })
  if (JSON.stringify(before) === JSON.stringify(after)) return
  if (!(await safetyOf(parts)).isSafe) throw new FlightlineError('FL_SECRETS_UNPROTECTED')
  await write(parts, after)
}

async function write(parts: VaultParts, content: Readonly<Record<string, string>>): Promise<void> {
  const sealed = await parts.safeStorage.encryptStringAsync(JSON.stringify(content))
  if (!isSealed(sealed, parts.platform)) throw new FlightlineError('FL_SECRETS_UNPROTECTED')
  await replaceFile(parts.path, sealed)
}
