import type { Log } from '../../src/shared/ports/log.ts'
import type { Part } from '../part.ts'
import type { UnusedSetting } from './find-unused.ts'

/**
 * Tells the log about settings that change nothing.
 * @returns an entry for the health report that names them, where there are any
 */
export function reportUnused(unused: readonly UnusedSetting[], logger: Log): readonly Part[] {
  for (const { name, reason } of unused) logger.warn({ setting: name, reason }, 'this setting changes nothing')
  if (unused.length === 0) return []
  const names = unused.map(({ name }) => name).join(', ')
  return [{ name: 'settings', health: () => ({ status: 'ok', unused: names }), close: async () => undefined }]
}
