import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { installOnce } from './cache.ts'
import { findOnPath, isExecutable, runCommand } from './command.ts'
import { installPackages } from './debian.ts'
import { ServiceUnavailable } from './service-unavailable.ts'

const PACKAGES = ['openjdk-17-jdk-headless', 'maven']

export interface InstalledJava {
  readonly java: string
  readonly classPath: string
}

/**
 * A program of the folder `name` beside this module, from the cache or built now: its libraries come from Maven Central,
 * its few own sources are compiled on the spot.
 */
export async function installJavaProgram(name: 'kafka' | 'mongo'): Promise<InstalledJava> {
  const java = await requireTool('java')
  const home = join(import.meta.dirname, name)
  const pom = join(home, 'pom.xml')
  const files = await readdir(home)
  const sources = files.filter((file) => file.endsWith('.java')).sort()
  const paths = sources.map((source) => join(home, source))
  const folder = await installOnce({
    name,
    recipe: [pom, ...paths],
    fill: async (draft) => {
      await fetchLibraries(pom, join(draft, 'lib'))
      await compile(paths, draft)
    },
  })
  return { java, classPath: `${join(folder, 'classes')}:${join(folder, 'lib', '*')}` }
}

async function fetchLibraries(pom: string, folder: string): Promise<void> {
  const maven = await requireTool('mvn')
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`]
  const result = await runCommand(maven, ['-q', '-B', '-f', pom, ...goal])
  if (result.code === 0) return
  const reason = /\[ERROR\] (.*)/.exec(result.output)?.[1] ?? `mvn ended with ${result.code}`
  throw new ServiceUnavailable(
    `the libraries of ${pom} are not in the Maven repository`,
    `give this machine access to Maven Central, or set a mirror in ~/.m2/settings.xml (${reason.slice(0, 200)})`,
  )
}

async function compile(sources: readonly string[], folder: string): Promise<void> {
  const javac = await requireTool('javac')
  const target = join(folder, 'classes')
  const result = await runCommand(javac, ['-nowarn', '-cp', join(folder, 'lib', '*'), '-d', target, ...sources])
  if (result.code !== 0) throw new Error(`javac refused the launcher:\n${result.output}`)
}

async function requireTool(name: 'java' | 'javac' | 'mvn'): Promise<string> {
  const found = findTool(name) ?? ((await installPackages(...PACKAGES)) ? findTool(name) : undefined)
  if (found !== undefined) return found
  throw new ServiceUnavailable(`${name} is missing`, `apt-get install ${PACKAGES.join(' ')} (Java 17 or newer)`)
}

function findTool(name: string): string | undefined {
  const home = process.env.JAVA_HOME
  const own = home === undefined ? undefined : join(home, 'bin', name)
  return own !== undefined && isExecutable(own) ? own : findOnPath(name)
}
