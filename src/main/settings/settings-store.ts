import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SettingsCheck, SettingsDraft, SettingsView } from '../../shared/api/desktop-schemas.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { DesktopSettings } from './desktop-settings.ts'
import {
  complete,
  neededSecrets,
  type Secrets,
  secretNames,
  secretsOf,
  usableSecrets,
  withoutSecrets,
} from './draft.ts'
import { readSettingsFile, writeSettingsFile } from './settings-file.ts'
import type { Vault } from './vault.ts'

/** What the settings are kept with. */
export interface SettingsStoreParts {
  readonly folder: string
  readonly vault: Vault
  /** Settings from the environment, which nobody changes here. */
  readonly environment: DesktopSettings | undefined
  /** Settings that the administrators of this machine laid down; secrets come from the person. */
  readonly policy: SettingsDraft | undefined
  /** A policy is there, and is not followed. */
  readonly policyProblem?: string | undefined
  /** Tries what complete settings name. */
  readonly check: (settings: DesktopSettings) => Promise<readonly SettingsCheck[]>
  readonly logger: Log
  readonly now: () => number
}

/** The desktop's settings: read, shown without secrets, tried, kept. */
export interface SettingsStore {
  /** `undefined`: not set up yet, or no longer complete. */
  read(): Promise<DesktopSettings | undefined>
  view(): Promise<SettingsView>
  test(draft: SettingsDraft): Promise<readonly SettingsCheck[]>
  /** Tries, and keeps them only when nothing is wrong. @throws FlightlineError `FL_SETTINGS_LOCKED` */
  save(draft: SettingsDraft): Promise<readonly SettingsCheck[]>
  /** The backend has taken the first password, which is not kept any longer. */
  passwordUsed(): Promise<void>
  /** @returns the end of the subscription */
  onChange(listener: (settings: DesktopSettings) => void): () => void
}

/** Opens the settings in `folder`. */
export function createSettingsStore(parts: SettingsStoreParts): SettingsStore {
  const { folder, logger, now, vault, environment } = parts
  const file = { path: join(folder, 'settings.json'), logger, now }
  const listeners = new Set<(settings: DesktopSettings) => void>()
  const draft = async () => parts.policy ?? (await readSettingsFile(file))
  let turn: Promise<unknown> = Promise.resolve()
  const save = async (wanted: SettingsDraft) => {
    const outcome = await judge(parts, wanted, await draft())
    if (!('settings' in outcome)) return outcome.checks
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await vault.change({ ...forgotten(wanted), ...secretsOf(wanted) })
    await writeSettingsFile(file, withoutSecrets(wanted))
    for (const listener of listeners) listener(outcome.settings)
    return outcome.checks
  }
  return {
    async read() {
      if (environment) return environment
      const kept = await draft()
      const completed = kept && complete(kept, await secretsIn(vault))
      return completed && 'settings' in completed ? completed.settings : undefined
    },
    view: async () => view(parts, await draft()),
    test: async (wanted) => (await judge(parts, wanted, await draft())).checks,
    save(wanted) {
      if (environment) throw new FlightlineError('FL_SETTINGS_LOCKED', { source: 'environment' })
      if (parts.policy && !isSame(withoutSecrets(wanted), withoutSecrets(parts.policy))) {
        throw new FlightlineError('FL_SETTINGS_LOCKED', { source: 'policy' })
      }
      const next = turn.then(
        () => save(wanted),
        () => save(wanted),
      )
      turn = next
      return next
    },
    passwordUsed: () => vault.change({ adminPassword: undefined }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

type Outcome =
  | { readonly checks: readonly SettingsCheck[]; readonly settings: DesktopSettings }
  | { readonly checks: readonly SettingsCheck[] }

/** `settings` only when nothing is wrong with them. */
async function judge(
  { vault, check }: SettingsStoreParts,
  draft: SettingsDraft,
  before: SettingsDraft | undefined,
): Promise<Outcome> {
  const stored = usableSecrets(await secretsIn(vault), draft, before)
  const completed = complete(draft, { ...stored, ...secretsOf(draft) })
  if ('problems' in completed) return { checks: completed.problems }
  const checks = [...(await checkVault(vault, draft)), ...(await check(completed.settings))]
  return checks.every(({ ok }) => ok) ? { checks, settings: completed.settings } : { checks }
}

async function checkVault(vault: Vault, draft: SettingsDraft): Promise<readonly SettingsCheck[]> {
  if (Object.keys(secretsOf(draft)).length === 0) return []
  const { isSafe, advice = '' } = await vault.safety()
  return [{ part: 'secrets', ok: isSafe, message: isSafe ? 'The system keeps the passwords.' : advice }]
}

/** Secrets that settings of another kind leave behind are not kept. */
function forgotten(draft: SettingsDraft): Readonly<Record<string, undefined>> {
  const needed: readonly string[] = neededSecrets(draft)
  return Object.fromEntries(secretNames.filter((name) => !needed.includes(name)).map((name) => [name, undefined]))
}

async function secretsIn(vault: Vault): Promise<Secrets> {
  const kept = await vault.read()
  return Object.fromEntries(secretNames.flatMap((name) => (kept[name] === undefined ? [] : [[name, kept[name]]])))
}

async function view(parts: SettingsStoreParts, draft: SettingsDraft | undefined): Promise<SettingsView> {
  const { environment, policy, policyProblem, vault } = parts
  const { isSafe, advice } = await vault.safety()
  const stored = Object.keys(await secretsIn(vault))
  const safety = { isSafe, ...(advice !== undefined && { advice }) }
  const common = { vault: safety, ...(policyProblem !== undefined && { policyProblem }) }
  if (environment) return { source: 'environment', draft: showEnvironment(environment), stored: [], ...common }
  const source = policy ? 'policy' : draft ? 'file' : 'none'
  return { source, draft: draft ? withoutSecrets(draft) : null, stored, ...common }
}

/** What the environment says, as far as a screen may show it. */
function showEnvironment(settings: DesktopSettings): SettingsDraft {
  if (settings.mode === 'served') return { mode: 'served', serverUrl: settings.serverUrl }
  const { run, port, isOpen, publicUrl = null, smtp } = settings.backend
  const backend = { run, port, isOpen, publicUrl, smtp: smtp ? { from: smtp.from } : null }
  if (settings.mode === 'embedded') return { mode: 'embedded', demo: settings.demo, backend }
  const { brokers, ssl, sasl } = settings.connection.kafka
  const account = sasl ? { mechanism: sasl.mechanism, username: sasl.username } : null
  return { mode: 'direct', kafka: { brokers: brokers.join(','), ssl, sasl: account }, backend }
}
