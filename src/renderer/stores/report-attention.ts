import type { Alert, Attention } from '../../shared/api/desktop-schemas.ts'
import type { DesktopClient } from '../api/desktop-client.ts'
import { flightName } from '../lib/departure-view.ts'
import type { CommandState, CommandStore } from './command-store.ts'
import type { ConnectionState, ConnectionStore } from './connection-store.ts'

/** What reporting needs. */
export interface AttentionParts {
  readonly attention: DesktopClient['attention']
  readonly commands: CommandStore
  readonly connection: ConnectionStore
}

/** A command is answered within this many milliseconds as a rule; what lives shorter is no news for a badge. */
export const SETTLED_AFTER = 300

const failures = { refused: 'was refused', expired: 'ran out of time' } as const

/**
 * Tells the desktop what its person should attend to: figures for badge and tray once they have settled, and at once
 * what is worth a notification. @returns stops it
 */
export function reportAttention({ attention, commands, connection }: AttentionParts): () => void {
  let told = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function report(): void {
    const figures = attentionOf(commands.getState(), connection.getState())
    const text = JSON.stringify(figures)
    if (text === told) return
    told = text
    // A page whose main is gone is about to be gone too.
    attention.report(figures).catch(() => undefined)
  }

  function changed(alerts: readonly Alert[]): void {
    for (const alert of alerts) attention.alert(alert).catch(() => undefined)
    clearTimeout(timer)
    timer = setTimeout(report, SETTLED_AFTER)
  }

  const ends = [
    commands.subscribe((state, previous) => changed(commandAlerts(state, previous))),
    connection.subscribe((state, previous) => {
      if (state.phase !== previous.phase) changed(connectionAlerts(state, previous))
    }),
  ]
  changed([])
  return () => {
    clearTimeout(timer)
    for (const end of ends) end()
  }
}

function attentionOf({ pending, conflicts, failed }: CommandState, { phase }: ConnectionState): Attention {
  return { phase, waiting: pending.length, conflicts: conflicts.length, failed: failed.length }
}

function commandAlerts(state: CommandState, previous: CommandState): readonly Alert[] {
  const conflicts = news(state.conflicts, previous.conflicts).map(({ command: { base } }): Alert => {
    const text = 'Somebody else has changed this flight. Your change waits for your decision.'
    return { kind: 'conflict', title: `${flightName(base)}: changes in conflict`, text, departureId: base.id }
  })
  const failed = news(state.failed, previous.failed).map(({ command: { base }, kind, words }): Alert => {
    const title = `${flightName(base)}: your change ${failures[kind]}`
    return { kind: 'failed', title, text: words.slice(0, 400), departureId: base.id }
  })
  return [...conflicts, ...failed]
}

function news<T>(now: readonly T[], before: readonly T[]): readonly T[] {
  return now === before ? [] : now.filter((entry) => !before.includes(entry))
}

function connectionAlerts({ phase }: ConnectionState, previous: ConnectionState): readonly Alert[] {
  if (phase !== 'reconnecting' || previous.phase !== 'live') return []
  const text = 'The board shows what was known last, with its age. Your changes wait and are sent when it is back.'
  return [{ kind: 'lost', title: 'Connection lost', text }]
}
