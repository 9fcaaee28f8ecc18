import type { Log } from '../../shared/ports/log.ts'

/** The slice of a process that tells of errors nobody handled, before whatever else happens. */
export interface ErrorSource {
  on(event: 'uncaughtExceptionMonitor', listener: (error: Error, origin: string) => void): unknown
}

/** Electron shows such an error in a box that somebody clicks away; whoever looks for the cause finds it in the log. */
export function logUnhandled(source: ErrorSource, logger: Pick<Log, 'error'>): void {
  source.on('uncaughtExceptionMonitor', (err, origin) => {
    logger.error({ err, origin }, 'an error that nobody handled')
  })
}
