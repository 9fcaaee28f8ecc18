import type { z } from 'zod'
import type { ConnectionSettings, SaslSettings } from '../../node/config/settings.ts'
import { variables } from '../../node/config/variables.ts'
import type { SettingsCheck, SettingsDraft } from '../../shared/api/desktop-schemas.ts'
import type { BackendSettings, DesktopSettings } from './desktop-settings.ts'

/** Names of what is kept in the vault. */
export const secretNames = ['mongoUrl', 'kafkaPassword', 'smtpUrl', 'adminPassword'] as const

/** A member of {@link secretNames}. */
export type SecretName = (typeof secretNames)[number]

/** What is kept in the vault. */
export type Secrets = Readonly<Partial<Record<SecretName, string>>>

type BackendDraft = Extract<SettingsDraft, { mode: 'direct' }>['backend']
type KafkaDraft = Extract<SettingsDraft, { mode: 'direct' }>['kafka']

/** The secrets that a person entered in a draft. */
export function secretsOf(draft: SettingsDraft): Secrets {
  if (draft.mode === 'served') return {}
  const found: Readonly<Record<SecretName, string | undefined>> = {
    mongoUrl: draft.mode === 'direct' ? draft.mongoUrl : undefined,
    kafkaPassword: draft.mode === 'direct' ? draft.kafka.sasl?.password : undefined,
    adminPassword: draft.adminPassword,
    smtpUrl: draft.backend.smtp?.url,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== ''))
}

/** A draft as it may lie in a file and be shown: without what {@link secretsOf} finds. */
export function withoutSecrets(draft: SettingsDraft): SettingsDraft {
  if (draft.mode === 'served') return draft
  const { smtp } = draft.backend
  const backend = { ...draft.backend, smtp: smtp && { from: smtp.from } }
  if (draft.mode === 'embedded') return { mode: 'embedded', demo: draft.demo, backend }
  const { sasl } = draft.kafka
  const kafka = { ...draft.kafka, sasl: sasl && { mechanism: sasl.mechanism, username: sasl.username } }
  return { mode: 'direct', kafka, backend }
}

/** The secrets without which a draft says too little. */
export function neededSecrets(draft: SettingsDraft): readonly SecretName[] {
  if (draft.mode === 'served') return []
  const smtp: readonly SecretName[] = draft.backend.run && draft.backend.smtp ? ['smtpUrl'] : []
  if (draft.mode === 'embedded') return smtp
  return ['mongoUrl', ...(draft.kafka.sasl ? (['kafkaPassword'] as const) : []), ...smtp]
}

/**
 * The stored secrets that may be used for a draft. A password goes to the brokers that it was entered for and to no others:
 * whoever points a desk elsewhere must know it.
 */
export function usableSecrets(stored: Secrets, draft: SettingsDraft, before: SettingsDraft | undefined): Secrets {
  const { kafkaPassword, ...others } = stored
  const isSame = before?.mode === 'direct' && draft.mode === 'direct' && before.kafka.brokers === draft.kafka.brokers
  return isSame && kafkaPassword !== undefined ? stored : others
}

/** A draft put together with the stored secrets, or what is wrong with it. */
export type Completed = { readonly settings: DesktopSettings } | { readonly problems: readonly SettingsCheck[] }

/** Puts a draft together. The rules are those of the environment's variables, so that there is one of each. */
export function complete(draft: SettingsDraft, secrets: Secrets): Completed {
  const missing = neededSecrets(draft).filter((name) => secrets[name] === undefined)
  const problems = [...missing.map((name) => problem(name, 'is needed')), ...findProblems(draft, secrets)]
  return problems.length > 0 ? { problems } : { settings: assemble(draft, secrets) }
}

const labels: Readonly<Record<string, readonly [SettingsCheck['part'], string]>> = {
  mongoUrl: ['store', 'The URL of MongoDB'],
  kafkaPassword: ['log', 'The password for Kafka'],
  smtpUrl: ['backend', 'The URL of the mail server'],
  brokers: ['log', 'The list of brokers'],
  from: ['backend', 'The sender of mails'],
  publicUrl: ['backend', 'The public address'],
}

function problem(name: string, reason: string): SettingsCheck {
  const [part, label] = labels[name] ?? ['backend', name]
  return { part, ok: false, message: `${label} ${reason}.` }
}

function findProblems(draft: SettingsDraft, secrets: Secrets): readonly SettingsCheck[] {
  if (draft.mode === 'served') return []
  const { MONGODB_URL, KAFKA_BROKERS, SMTP_URL, MAIL_FROM, PUBLIC_URL } = variables.shape
  const { smtp, publicUrl } = draft.backend
  const direct = draft.mode === 'direct' ? draft : undefined
  const checks: readonly (readonly [string, z.ZodType, string | undefined])[] = [
    ['mongoUrl', MONGODB_URL, direct && secrets.mongoUrl],
    ['brokers', KAFKA_BROKERS, direct?.kafka.brokers],
    ['smtpUrl', SMTP_URL, smtp ? secrets.smtpUrl : undefined],
    ['from', MAIL_FROM, smtp?.from],
    ['publicUrl', PUBLIC_URL, publicUrl ?? undefined],
  ]
  return checks.flatMap(([name, schema, value]) => {
    const reason = value === undefined ? undefined : schema.safeParse(value).error?.issues[0]?.message
    return reason === undefined ? [] : [problem(name, `is not right: ${reason}`)]
  })
}

function assemble(draft: SettingsDraft, secrets: Secrets): DesktopSettings {
  if (draft.mode === 'served') return { mode: 'served', serverUrl: draft.serverUrl }
  const backend = toBackend(draft.backend, secrets)
  if (draft.mode === 'embedded') return { mode: 'embedded', demo: draft.demo, backend: { ...backend, run: true } }
  return { mode: 'direct', connection: toConnection(draft.kafka, secrets), backend }
}

function toConnection({ brokers, ssl, sasl }: KafkaDraft, secrets: Secrets): ConnectionSettings {
  const account: SaslSettings | undefined = sasl
    ? { mechanism: sasl.mechanism, username: sasl.username, password: secrets.kafkaPassword ?? '' }
    : undefined
  return {
    mongoUrl: secrets.mongoUrl ?? '',
    kafka: { brokers: brokers.split(',').map((broker) => broker.trim()), ssl, sasl: account },
  }
}

function toBackend({ run, port, isOpen, publicUrl, smtp }: BackendDraft, secrets: Secrets): BackendSettings {
  const mail = smtp && secrets.smtpUrl !== undefined ? { url: secrets.smtpUrl, from: smtp.from } : undefined
  return { run, port, isOpen, publicUrl: publicUrl ?? undefined, adminPassword: secrets.adminPassword, smtp: mail }
}
