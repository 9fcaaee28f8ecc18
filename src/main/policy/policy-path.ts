import { posix, win32 } from 'node:path'

/**
 * Where the people who run this machine put its policy: a place that only they can write to.
 * @param environment - for `ProgramData` of Windows, which may lie on another drive
 */
export function policyPath(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'darwin') return '/Library/Application Support/Flightline/policy.json'
  if (platform !== 'win32') return posix.join('/etc', 'flightline', 'policy.json')
  return win32.join(environment.ProgramData ?? 'C:\\ProgramData', 'Flightline', 'policy.json')
}
