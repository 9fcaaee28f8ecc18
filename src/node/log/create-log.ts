import pino from 'pino'
import type { Log } from '../../shared/ports/log.ts'
import { maskFields } from './mask-fields.ts'
import { maskText } from './mask-text.ts'

/** From loud to silent. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** A member of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number]

/** Takes finished lines. */
export interface LogDestination {
  write(line: string): void
}

/**
 * One JSON object per line, on stdout unless told otherwise. Whatever looks like an address, a phone number, a
 * credential or a secret is masked, because a caller may forget; that is the second line of defence, not a licence.
 */
export function createLog(level: LogLevel, destination?: LogDestination): Log {
  const options: pino.LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are data already when they get here; pino's own serializer would take them apart once more.
    serializers: { err: (err: unknown) => err },
    formatters: { level: (label) => ({ level: label }) },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  const at = (name: 'info' | 'warn' | 'error') => (fields: Readonly<Record<string, unknown>>, message: string) => {
    // Masking costs more than writing: nothing is masked that is not written.
    if (logger.isLevelEnabled(name)) logger[name](maskFields(fields), maskText(message))
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
