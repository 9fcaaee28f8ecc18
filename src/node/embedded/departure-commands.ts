import { COMMANDS_KEPT } from '../../shared/ports/departure-store.ts'

/** A command that was executed on a departure, with the revision it led to. */
export type ExecutedCommand = readonly [commandId: string, revision: number]

/** Reads the commands kept with a departure. */
export function readCommands(text: string): readonly ExecutedCommand[] {
  return JSON.parse(text)
}

/** The revision that a command led to when it came first. */
export function firstAnswer(commands: readonly ExecutedCommand[], commandId: string | undefined): number | undefined {
  return commands.find(([known]) => known === commandId)?.[1]
}

/** The commands to keep after one more change. */
export function keepCommand(
  commands: readonly ExecutedCommand[],
  commandId: string | undefined,
  revision: number,
): readonly ExecutedCommand[] {
  return commandId === undefined ? commands : [...commands, [commandId, revision] as const].slice(-COMMANDS_KEPT)
}
