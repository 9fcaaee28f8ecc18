import type { CommandKeeper } from './command-keeper.ts'
import type { DesktopClient } from './desktop-client.ts'

/** Keeps commands on the disk of this desktop, by way of main, which knows when a page is gone. */
export function createDesktopKeeper({ commands }: Pick<DesktopClient, 'commands'>): CommandKeeper {
  return {
    keep: (command) => commands.keep(command),
    forget: (commandId) => commands.forget({ commandId }),
    claim: (owner) => commands.claim({ owner }),
  }
}
