import type { Attention, DesktopState, LinkState } from '../../shared/api/desktop-schemas.ts'

/** What the tray shows of the program. */
export interface TrayView {
  readonly icon: 'ok' | 'warn' | 'lost'
  readonly toolTip: string
  /** One line each, to be read in the menu. */
  readonly lines: readonly string[]
}

const linkWords: Readonly<Record<LinkState['status'], string>> = {
  ok: 'connected',
  opening: 'connecting',
  lost: 'lost',
}

const backendWords: Readonly<Record<DesktopState['backend']['status'], string | undefined>> = {
  off: undefined,
  starting: 'is starting',
  running: 'serves passengers',
  restarting: 'is being started again',
  stopping: 'is stopping',
  failed: 'has failed',
}

/** The program's state in one icon and a few lines. */
export function describeTray(state: DesktopState, attention: Omit<Attention, 'phase'>): TrayView {
  if (state.mode === 'unconfigured') {
    return { icon: 'warn', toolTip: 'Flightline: not set up', lines: ['Not set up yet'] }
  }
  const lines = [...linkLines(state), ...backendLines(state), ...attentionLines(attention), ...updateLines(state)]
  const icon = iconOf(state, attention)
  const headline = { ok: 'connected', warn: 'needs attention', lost: 'connection lost' }[icon]
  return { icon, toolTip: `Flightline: ${headline}`, lines }
}

function iconOf({ store, log, backend }: DesktopState, attention: Omit<Attention, 'phase'>): TrayView['icon'] {
  if (store.status === 'lost' || log.status === 'lost' || backend.status === 'failed') return 'lost'
  const isSettled = store.status === 'ok' && log.status === 'ok' && ['off', 'running'].includes(backend.status)
  return isSettled && backend.message === undefined && attention.conflicts + attention.failed === 0 ? 'ok' : 'warn'
}

function linkLines({ mode, store, log }: DesktopState): readonly string[] {
  if (mode === 'served') return [`Server: ${linkWords[store.status]}`]
  if (mode === 'embedded') return [`Data file: ${linkWords[store.status]}`]
  return [`MongoDB: ${linkWords[store.status]}`, `Kafka: ${linkWords[log.status]}`]
}

function backendLines({ backend }: DesktopState): readonly string[] {
  const words = backendWords[backend.status]
  return words === undefined ? [] : [`Backend ${words}`]
}

function updateLines({ update }: DesktopState): readonly string[] {
  return update?.status === 'ready' ? [`Version ${update.version ?? 'to come'} is installed when you quit`] : []
}

function attentionLines({ waiting, conflicts, failed }: Omit<Attention, 'phase'>): readonly string[] {
  const line = (count: number, words: string) => (count > 0 ? [`${count} ${words}`] : [])
  return [...line(waiting, 'waiting to be sent'), ...line(conflicts, 'in conflict'), ...line(failed, 'not carried out')]
}
