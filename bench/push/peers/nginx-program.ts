import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { installOnce } from '../../../src/testing/services/cache.ts'
import { runCommand } from '../../../src/testing/services/command.ts'
import { ServiceUnavailable } from '../../../src/testing/services/service-unavailable.ts'

/** nginx with the module nchan. */
export interface NginxProgram {
  readonly program: string
  readonly module: string
}

/**
 * Installed already, or unpacked from Debian's packages into the cache: installing them would start a server on port 80.
 * @throws ServiceUnavailable where neither is possible
 */
export async function findNginx(): Promise<NginxProgram> {
  const found = programIn('/') ?? programIn(await installOnce({ name: 'nchan', recipe: [import.meta.filename], fill }))
  if (!found) throw new ServiceUnavailable('nginx with nchan is missing', 'apt-get install nginx libnginx-mod-nchan')
  return found
}

async function fill(folder: string): Promise<void> {
  await runCommand('apt-get', ['-q', 'update'])
  const unpack = 'for file in *.deb; do dpkg-deb -x "$file" .; done'
  const script = `cd "$0" && apt-get -q download nginx libnginx-mod-nchan && ${unpack}`
  const { code, output } = await runCommand('sh', ['-c', script, folder])
  if (code !== 0) throw new ServiceUnavailable(`no packages: ${output}`, 'apt-get install nginx libnginx-mod-nchan')
}

function programIn(root: string): NginxProgram | undefined {
  const program = join(root, 'usr/sbin/nginx')
  const modules = join(root, 'usr/lib/nginx/modules')
  if (!existsSync(program) || !existsSync(modules)) return undefined
  const name = readdirSync(modules).find((file) => file.includes('nchan'))
  return name === undefined ? undefined : { program, module: join(modules, name) }
}
