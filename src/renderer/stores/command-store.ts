import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { Command, CommandBody } from '../api/command.ts'
import type { ColumnId } from '../lib/changed-columns.ts'
import type { Conflict } from './conflict.ts'

/** A command that is not answered yet. `waiting` ones are sent again when the connection is back. */
export interface PendingCommand {
  readonly command: Command
  readonly stage: 'sending' | 'waiting'
}

/** Commands on their way, and conflicts that wait for a decision. */
export interface CommandState {
  readonly pending: readonly PendingCommand[]
  readonly conflicts: readonly Conflict[]
}

/** The store of commands. */
export type CommandStore = StoreApi<CommandState>

/** No commands. */
export function createCommandStore(): CommandStore {
  return createStore<CommandState>()(() => ({ pending: [], conflicts: [] }))
}

/** Records where a command stands; `undefined` when it was answered. */
export function track(store: CommandStore, command: Command, stage: PendingCommand['stage'] | undefined): void {
  store.setState(({ pending }) => {
    const others = pending.filter((other) => other.command.commandId !== command.commandId)
    return { pending: stage ? [...others, { command, stage }] : others }
  })
}

/** Adds a conflict; the same departure's older one, if any, is kept before it. */
export function raise(store: CommandStore, conflict: Conflict): void {
  store.setState(({ conflicts }) => ({ conflicts: [...conflicts, conflict] }))
}

/** Takes a conflict away because it was decided. */
export function settle(store: CommandStore, conflict: Conflict): void {
  store.setState(({ conflicts }) => ({ conflicts: conflicts.filter((other) => other !== conflict) }))
}

const columns: Readonly<Record<CommandBody['kind'], ColumnId>> = {
  setGate: 'gate',
  setDelay: 'delay',
  setEstimate: 'estimate',
  cancel: 'status',
  reinstate: 'status',
  markBoarding: 'status',
  markDeparture: 'status',
  divert: 'destination',
}

/** The cell in which a command's progress is shown. */
function columnOf(body: CommandBody): ColumnId {
  return columns[body.kind]
}

/** The command that is pending in a cell, the newest of several. */
export function pendingIn(
  { pending }: Pick<CommandState, 'pending'>,
  id: DepartureId,
  column: ColumnId,
): PendingCommand | undefined {
  return pending.findLast(({ command }) => command.base.id === id && columnOf(command.body) === column)
}
