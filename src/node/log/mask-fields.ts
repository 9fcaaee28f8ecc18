import { maskText } from './mask-text.ts'

const SECRET_NAME =
  /password|passphrase|secret|token|authorization|cookie|credential|pii|e-?mail|phone|^(address|recipient|passenger|to)$/i

// A log line is no dump: what is nested deeper or longer than this is cut.
const DEPTH = 6
const LENGTH = 100
const TEXT = 10_000

/** Fields as they may be written: no secrets, no addresses, errors as data. */
export function maskFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return maskRecord(fields, 0)
}

function maskRecord(record: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record)
      .slice(0, LENGTH)
      .map(([name, value]) => [name, SECRET_NAME.test(name) ? maskSecret(value) : maskValue(value, depth + 1)]),
  )
}

/** Whether there is one is worth knowing; counts and flags say nothing about a person. */
function maskSecret(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'object' ? (value ? '[hidden]' : value) : value
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value.slice(0, TEXT))
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH) return '[deep]'
  if (value instanceof Error) return maskError(value, depth)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (isList(value)) return [...value].slice(0, LENGTH).map((item) => maskValue(item, depth + 1))
  return maskRecord(value, depth)
}

function isList(value: object): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set || value instanceof Map
}

/** Drivers hang whole requests on their errors; only what names the failure is kept. */
function maskError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error
  return {
    type: name,
    message: maskText(message),
    ...('code' in error ? { code: maskValue(error.code, DEPTH) } : {}),
    ...(stack ? { stack: maskText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: maskValue(cause, depth + 1) }),
  }
}
