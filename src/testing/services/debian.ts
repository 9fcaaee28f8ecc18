import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.ts'
import { runCommand } from './command.ts'
import { withFileLock } from './file-lock.ts'

/** Only root on Debian or its children may install what is missing without asking. */
function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

/** Installs Debian packages; false when that is not possible here or did not work. */
export async function installPackages(...packages: readonly string[]): Promise<boolean> {
  if (!canInstallPackages()) return false
  return await withFileLock(join(cacheFolder(), 'apt.lock'), async () => {
    await runCommand('apt-get', ['-q', 'update'])
    const result = await runCommand('apt-get', ['-q', '-y', 'install', '--no-install-recommends', ...packages])
    return result.code === 0
  })
}
