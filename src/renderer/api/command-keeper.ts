import type { KeptCommand } from '../../shared/api/desktop-schemas.ts'

/** Where commands lie that have no answer yet, so that no reload, crash or closed window loses one. */
export interface CommandKeeper {
  /** Resolves when the command is kept; the same id again replaces what was kept under it. Rejects when it cannot be. */
  keep(command: KeptCommand): Promise<void>
  /** It was answered, or put away. Unknown ids are no error. */
  forget(commandId: string): Promise<void>
  /** The owner's commands that no other open page holds, oldest first. This page holds them from now on. */
  claim(owner: string): Promise<readonly KeptCommand[]>
}
