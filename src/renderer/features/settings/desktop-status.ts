import type { DesktopState, LinkState } from '../../../shared/api/desktop-schemas.ts'

/** One line about the program: what, and how it is doing. */
export interface StatusLine {
  readonly label: string
  readonly text: string
}

const links: Readonly<Record<LinkState['status'], string>> = { ok: 'connected', opening: 'connecting…', lost: 'lost' }

const backends: Readonly<Record<DesktopState['backend']['status'], string>> = {
  off: 'not run by this desk',
  starting: 'is starting…',
  running: 'running',
  restarting: 'is being started again…',
  stopping: 'is stopping…',
  failed: 'has failed',
}

/** The state of the desktop as its settings show it. */
export function describeDesktop({ mode, store, log, backend, version }: DesktopState): readonly StatusLine[] {
  const names =
    mode === 'direct' ? ['MongoDB', 'Kafka'] : mode === 'served' ? ['Server', undefined] : ['Data file', undefined]
  const linkLine = (label: string | undefined, { status, message }: LinkState): readonly StatusLine[] =>
    label === undefined ? [] : [{ label, text: [links[status], message].filter(Boolean).join(': ') }]
  const restarts = backend.restarts > 0 ? `started again ${backend.restarts} times` : undefined
  const parts = [backends[backend.status], backend.url, restarts, backend.message]
  return [
    ...linkLine(names[0], store),
    ...linkLine(names[1], log),
    { label: 'Backend', text: parts.filter(Boolean).join(', ') },
    { label: 'Version', text: version },
  ]
}
