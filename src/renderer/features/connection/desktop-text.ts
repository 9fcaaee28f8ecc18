import type { DesktopState, LinkState } from '../../../shared/api/desktop-schemas.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { formatLongAge } from '../../lib/age.ts'
import { type FactContext, timeText } from '../../lib/fact-text.ts'

/** Something that is wrong with what the desktop depends on, and what it means here. */
export interface DesktopAlarm {
  readonly part: 'store' | 'log' | 'backend'
  readonly text: string
}

/** What the words need besides the desktop's state. */
export interface AlarmContext extends FactContext {
  /** Milliseconds since the service was heard last; `undefined` before it was heard at all. */
  readonly age: number | undefined
  /** The screen's clock is another one than that by which things were lost. */
  readonly isReplay: boolean
}

const stores: Readonly<Record<DesktopState['mode'], string>> = {
  unconfigured: 'The store',
  embedded: 'The data file',
  direct: 'MongoDB',
  served: 'The server',
}

/** What a person at this desk should know of the program around the page, the gravest first. */
export function desktopAlarms(desktop: DesktopState, context: AlarmContext): readonly DesktopAlarm[] {
  const { mode, store, log, backend } = desktop
  if (mode === 'unconfigured') return []
  const alarms: (DesktopAlarm | undefined)[] = [
    store.status === 'lost' ? { part: 'store', text: storeText(stores[mode], store, context) } : undefined,
    // Through a server both hang on the same line, and where the log is the data file it is lost with it.
    mode === 'direct' && log.status === 'lost' ? { part: 'log', text: logText(log, context) } : undefined,
    backendText(backend),
  ]
  return alarms.filter((alarm) => alarm !== undefined)
}

function storeText(name: string, { since }: LinkState, context: AlarmContext): string {
  const { age } = context
  const shown = age === undefined ? '' : `: the shown state is ${formatLongAge(age)} old`
  return `${name} has not answered since ${sinceText(since, context)}${shown}. Your changes wait here.`
}

function logText({ since }: LinkState, context: AlarmContext): string {
  const consequence = 'changes of others are not shown here; yours are kept and published when it is back'
  return `Kafka has not answered since ${sinceText(since, context)}: ${consequence}.`
}

function sinceText(since: Instant, { isReplay, ...times }: AlarmContext): string {
  return `${timeText(since, times)}${isReplay ? ', time of day' : ''}`
}

function backendText({ status, message }: DesktopState['backend']): DesktopAlarm | undefined {
  if (status !== 'failed' && status !== 'restarting') return undefined
  const what = 'Passengers are not being served from this desk'
  const why = status === 'failed' ? (message ?? 'the backend has failed') : 'the backend is being started again'
  return { part: 'backend', text: `${what}: ${why.replace(/\.$/, '')}.` }
}
