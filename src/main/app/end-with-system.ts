import type { PowerMonitor } from 'electron'
import type { Log } from '../../shared/ports/log.ts'
import type { Quitting } from './quitting.ts'

/** What hearing of the system's end needs. */
export interface SystemParts {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  readonly process: Pick<NodeJS.Process, 'on'>
  readonly quitting: Pick<Quitting, 'now'>
  readonly logger: Log
}

/** How a session of Linux or macOS, or a terminal, ends a program. */
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Quits without a question when the system ends: a question that nobody answers would be ended by `kill -9`. To be called
 * when Electron is ready, because its own handlers of signals, which quit with the question, are in place by then.
 */
export function endWithSystem({ powerMonitor, process, quitting, logger }: SystemParts): void {
  // On Linux, Electron does not listen to the system for a shutdown when that is the first thing it is asked to tell of.
  powerMonitor.on('resume', () => logger.info({}, 'the machine is awake again'))
  powerMonitor.on('shutdown', () => quitting.now())
  for (const signal of signals) process.on(signal, () => quitting.now())
}
