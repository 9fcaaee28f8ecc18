import { describeDeskBroadcasts } from './desk-broadcasts.contract.ts'
import { describeDeskCommands } from './desk-commands.contract.ts'
import { describeDeskErrors } from './desk-errors.contract.ts'
import { describeDeskSession } from './desk-session.contract.ts'
import type { OpenDeskSide } from './desk-side.ts'
import { describeDeskSystem } from './desk-system.contract.ts'
import { describeDeskWatch } from './desk-watch.contract.ts'

/** The console's contract: the same calls and the same errors, whatever carries them. */
export function describeDeskApi(name: string, open: OpenDeskSide): void {
  describeDeskSession(name, open)
  describeDeskWatch(name, open)
  describeDeskCommands(name, open)
  describeDeskErrors(name, open)
  describeDeskBroadcasts(name, open)
  describeDeskSystem(name, open)
}
