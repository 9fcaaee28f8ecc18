import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { type Environment, readEnvFile } from './env-file.ts'
import { findPackageRoot } from './package-root.ts'
import type { ConnectionSettings, SaslSettings, Settings, TwilioSettings, VapidSettings } from './settings.ts'
import { type VariableName, type Variables, variables } from './variables.ts'

/** One thing that is wrong; never holds the value. */
interface Problem {
  readonly name: string
  readonly reason: string
}

const BUNDLED_DAY = 'resources/days/departures-2013-03-08.csv'

/**
 * Reads the settings from the environment and from `.env` in `cwd`; the environment wins, an empty value is none.
 * @throws FlightlineError `FL_SETTINGS_INVALID` that names every problem at once
 */
export function readSettings(env: Environment, cwd: string): Settings {
  const problems: Problem[] = []
  const given = readGiven(env, cwd, problems)
  const parsed = variables.safeParse(given)
  for (const issue of parsed.error?.issues ?? []) problems.push({ name: issue.path.join('.'), reason: issue.message })
  problems.push(...findGaps(given), ...findMissingFiles(given, cwd))
  if (!parsed.success || problems.length > 0) throw refuse(problems)
  return freeze(assemble(parsed.data, cwd))
}

function readGiven(env: Environment, cwd: string, problems: Problem[]): Environment {
  const all = { ...readFile(cwd, problems), ...env }
  const names = Object.keys(variables.shape)
  return Object.fromEntries(names.flatMap((name) => (all[name]?.trim() ? [[name, all[name].trim()]] : [])))
}

function readFile(cwd: string, problems: Problem[]): Environment {
  try {
    return readEnvFile(cwd)
  } catch (error) {
    problems.push({ name: '.env', reason: `cannot be read: ${error instanceof Error ? error.message : error}` })
    return {}
  }
}

/** Groups that are given whole or not at all. The first name is the one that switches the rest on. */
const groups: readonly (readonly VariableName[])[] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'],
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'],
]

/** Settings that mean nothing without another one; given alone, somebody forgot half. */
const dependents: readonly (readonly [VariableName, VariableName])[] = [
  ['KAFKA_SSL', 'KAFKA_BROKERS'],
  ['KAFKA_SASL_MECHANISM', 'KAFKA_BROKERS'],
  ['TWILIO_API_URL', 'TWILIO_ACCOUNT_SID'],
]

function findGaps(given: Environment): readonly Problem[] {
  const halves = groups.flatMap((names) => findGap(given, names))
  const loose = dependents.flatMap((pair) => findLoose(given, pair))
  return [...findHalfConnection(given), ...halves, ...loose, ...findLoneWorkers(given)]
}

function findLoose(given: Environment, [name, needed]: readonly [VariableName, VariableName]): readonly Problem[] {
  const isOff = given[name] === undefined || given[name] === 'false' || given[name] === '0'
  return isOff || given[needed] !== undefined ? [] : [{ name: needed, reason: `needed beside ${name}` }]
}

function findGap(given: Environment, names: readonly VariableName[]): readonly Problem[] {
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === names.length) return []
  const present = names.filter((name) => given[name] !== undefined).join(', ')
  return missing.map((name) => ({ name, reason: `needed beside ${present}` }))
}

/** Several processes share nothing but stores and log, and the embedded file is no server that could be shared. */
function findLoneWorkers({ PUSH_WORKERS: workers, MONGODB_URL, KAFKA_BROKERS }: Environment): readonly Problem[] {
  if (Number(workers ?? 1) <= 1 || MONGODB_URL !== undefined || KAFKA_BROKERS !== undefined) return []
  return [{ name: 'PUSH_WORKERS', reason: 'above 1 needs MONGODB_URL and KAFKA_BROKERS' }]
}

function findHalfConnection(given: Environment): readonly Problem[] {
  const present = ['MONGODB_URL', 'KAFKA_BROKERS'].filter((name) => given[name] !== undefined)
  if (present.length !== 1) return []
  const missing = present[0] === 'MONGODB_URL' ? 'KAFKA_BROKERS' : 'MONGODB_URL'
  const { message } = new FlightlineError('FL_CONNECTION_HALF', { present: present[0] })
  return [{ name: missing, reason: message }]
}

/** Looked at now, because a day that is not there would be noticed only after everything was started. */
function findMissingFiles(given: Environment, cwd: string): readonly Problem[] {
  const day = given.FLIGHTLINE_DAY
  if (day === undefined || day === 'none' || isFile(resolve(cwd, day))) return []
  return [{ name: 'FLIGHTLINE_DAY', reason: 'there is no such file' }]
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function refuse(problems: readonly Problem[]): FlightlineError {
  // A value may break two rules for one and the same reason.
  const listed = new Set(problems.map(({ name, reason }) => `${name}: ${reason}`))
  return new FlightlineError('FL_SETTINGS_INVALID', { count: listed.size, problems: [...listed].join('; ') })
}

function assemble(values: Variables, cwd: string): Settings {
  const connection = toConnection(values)
  return {
    mode: connection ? 'connected' : 'embedded',
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    pushWorkers: values.PUSH_WORKERS,
    pushCompression: values.PUSH_COMPRESSION,
    dataFolder: resolve(cwd, values.FLIGHTLINE_DATA),
    day: toDay(values, cwd),
    speed: values.FLIGHTLINE_SPEED,
    start: values.FLIGHTLINE_START,
    connection,
    smtp: values.SMTP_URL && values.MAIL_FROM ? { url: values.SMTP_URL, from: values.MAIL_FROM } : undefined,
    twilio: toTwilio(values),
    fcmServiceAccount: values.FCM_SERVICE_ACCOUNT,
    vapid: toVapid(values),
    piiKey: values.FLIGHTLINE_PII_KEY,
    adminPassword: values.FLIGHTLINE_ADMIN_PASSWORD,
    logLevel: values.LOG_LEVEL,
  }
}

/** A demo is never laid over real data unasked: connected, there is no default day. */
function toDay({ FLIGHTLINE_DAY: day, MONGODB_URL }: Variables, cwd: string): string | undefined {
  if (day === 'none') return undefined
  if (day !== undefined) return resolve(cwd, day)
  return MONGODB_URL === undefined ? join(findPackageRoot(), BUNDLED_DAY) : undefined
}

function toConnection(values: Variables): ConnectionSettings | undefined {
  const { MONGODB_URL: mongoUrl, KAFKA_BROKERS: brokers } = values
  if (!mongoUrl || !brokers) return undefined
  return { mongoUrl, kafka: { brokers, ssl: values.KAFKA_SSL, sasl: toSasl(values) } }
}

function toSasl(values: Variables): SaslSettings | undefined {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = values
  return mechanism && username && password ? { mechanism, username, password } : undefined
}

function toTwilio(values: Variables): TwilioSettings | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = values
  return accountSid && authToken && from ? { accountSid, authToken, from, apiUrl: values.TWILIO_API_URL } : undefined
}

function toVapid(values: Variables): VapidSettings | undefined {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = values
  return publicKey && privateKey && subject ? { publicKey, privateKey, subject } : undefined
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}
