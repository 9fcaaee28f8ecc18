import type { DesktopState, LinkState, UpdateState } from '../../../shared/api/desktop-schemas.ts'

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
export function describeDesktop({ mode, store, log, backend, version, update }: DesktopState): readonly StatusLine[] {
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
    { label: 'Version', text: [version, update && describeUpdate(update)].filter(Boolean).join(', ') },
  ]
}

/** What is to be known of updates; nothing while there is nothing. */
function describeUpdate({ status, version, message }: UpdateState): string | undefined {
  switch (status) {
    case 'ready':
      return `${version ?? 'a newer one'} is installed when the desktop is quit`
    case 'downloading':
      return `${version ?? 'a newer one'} is being downloaded`
    case 'off':
    case 'failed':
      return message
    case 'idle':
    case 'checking':
      return undefined
  }
}
