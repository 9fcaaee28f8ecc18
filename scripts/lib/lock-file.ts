import { z } from 'zod'

const lockedPackage = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z.record(z.string(), z.unknown()).optional(),
})

const lockFile = z.looseObject({ packages: z.record(z.string(), lockedPackage) })

export type LockFile = z.infer<typeof lockFile>

export interface MissingPackage {
  readonly name: string
  readonly version: string
  /** needed by development packages only */
  readonly dev: boolean
}

export function parseLockFile(text: string): LockFile {
  return lockFile.parse(JSON.parse(text))
}

/**
 * Optional packages that a locked package asks for and the lock does not hold. npm leaves them out when the registry it
 * was run against does not carry them (a mirror without other systems' binaries), and `npm ci` then refuses the lock.
 */
export function findMissingPackages({ packages }: LockFile): MissingPackage[] {
  const missing = new Map<string, MissingPackage>()
  for (const [path, { dev = false, optionalDependencies = {}, peerDependenciesMeta = {} }] of Object.entries(
    packages,
  )) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      const isLocked = `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages
      if (!isLocked && !(name in peerDependenciesMeta)) missing.set(name, { name, version: exact(range), dev })
    }
  }
  return [...missing.values()]
}

/** The same lock with the missing packages named, restricted to the system that their own name tells. */
export function completeLockFile(lock: LockFile): LockFile {
  const added = findMissingPackages(lock).map(({ name, version, dev }) => {
    return [`node_modules/${name}`, { version, ...systemOf(name), ...(dev ? { dev } : {}), optional: true }] as const
  })
  const packages = Object.entries<LockFile['packages'][string]>({ ...lock.packages, ...Object.fromEntries(added) })
  return { ...lock, packages: Object.fromEntries(packages.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function systemOf(name: string) {
  const match = /[-/](android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name)
  if (!match) throw new Error(`${name} does not tell its system by its name; lock it by hand`)
  const [, os = '', cpu = '', abi] = match
  const libc = abi?.startsWith('musl') ? 'musl' : 'glibc'
  return { cpu: [cpu], ...(os === 'linux' && abi ? { libc: [libc] } : {}), os: [os] }
}

function exact(range: string): string {
  if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(range)) throw new Error(`${range} names no one version`)
  return range
}
