import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { Command, CommandBody } from '../api/command.ts'
import type { Failure } from '../api/kept-command.ts'
import type { ColumnId } from '../lib/changed-columns.ts'
import type { Conflict } from './conflict.ts'

/** A command that is not answered yet. `waiting` ones are sent again when the connection is back. */
export interface PendingCommand {
  readonly command: Command
  readonly stage: 'sending' | 'waiting'
}

/** A command that ended without being accepted, while nobody may have looked: its person puts it away. */
export interface FailedCommand extends Failure {
  readonly command: Command
}

/** Commands on their way, conflicts that wait for a decision, and what has failed and was not put away yet. */
export interface CommandState {
  /** In the order in which the person acted. */
  readonly pending: readonly PendingCommand[]
  readonly conflicts: readonly Conflict[]
  readonly failed: readonly FailedCommand[]
}

/** The store of commands. */
export type CommandStore = StoreApi<CommandState>

/** No commands. */
export function createCommandStore(): CommandStore {
  return createStore<CommandState>()(() => ({ pending: [], conflicts: [], failed: [] }))
}

/** Records where a command stands; one that is new comes last. */
export function track(store: CommandStore, command: Command, stage: PendingCommand['stage']): void {
  const entry = { command, stage }
  store.setState(({ pending }) => ({
    pending: pending.some((other) => isOf(command.commandId)(other))
      ? pending.map((other) => (isOf(command.commandId)(other) ? entry : other))
      : [...pending, entry],
  }))
}

/** Puts another command in the place of a pending one. */
export function exchange(store: CommandStore, previous: Command, next: PendingCommand): void {
  store.setState(({ pending }) => ({
    pending: pending.map((other) => (isOf(previous.commandId)(other) ? next : other)),
  }))
}

/** Takes a command away, wherever it stands. */
export function remove(store: CommandStore, commandId: string): void {
  const isOther = (entry: { readonly command: Command }) => !isOf(commandId)(entry)
  store.setState(({ pending, conflicts, failed }) => ({
    pending: pending.filter(isOther),
    conflicts: conflicts.filter(isOther),
    failed: failed.filter(isOther),
  }))
}

/** A pending command met somebody else's change. */
export function raise(store: CommandStore, conflict: Conflict): void {
  remove(store, conflict.command.commandId)
  store.setState(({ conflicts }) => ({ conflicts: [...conflicts, conflict] }))
}

/** A pending command was not accepted, and its person should know. */
export function fail(store: CommandStore, failed: FailedCommand): void {
  remove(store, failed.command.commandId)
  store.setState((state) => ({ failed: [...state.failed, failed] }))
}

/** All commands that have not come to their end. */
export function openCommands({ pending, conflicts, failed }: CommandState): readonly Command[] {
  return [...pending, ...conflicts, ...failed].map(({ command }) => command)
}

function isOf(commandId: string) {
  return ({ command }: { readonly command: Command }) => command.commandId === commandId
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
