import type { Settings } from '../../../src/node/config/settings.ts'
import { FlightlineError } from '../../../src/shared/lib/errors.ts'
import type { Parent } from '../parent-port.ts'

/**
 * A desktop's backend stays alone: Electron's fuses keep its program from running as plain Node, so it cannot fork.
 * @throws FlightlineError `FL_SETTINGS_INVALID`
 */
export function checkProcesses(
  { pushWorkers }: Pick<Settings, 'pushWorkers'>,
  { isThere }: Pick<Parent, 'isThere'>,
): void {
  if (pushWorkers === 1 || !isThere) return
  const problems = 'PUSH_WORKERS: the backend of a desktop is one process; say 1'
  throw new FlightlineError('FL_SETTINGS_INVALID', { count: 1, problems })
}
