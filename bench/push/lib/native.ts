import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { findPackageRoot } from '../../../src/node/config/package-root.ts'
import { findOnPath, runCommand } from '../../../src/testing/services/command.ts'

/** The programs written in C, by what they are made from. */
const programs = {
  generator: ['generator', 'control', 'client', 'follow', 'known', 'tally', 'options', 'websocket'],
  bound: ['bound', 'followers', 'websocket'],
  pollers: ['pollers', 'tally'],
} as const

const FLAGS = ['-O2', '-std=c11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-Wconversion', '-Werror']

/** The path of a program written in C, built if its source changed since. */
export async function buildNative(name: keyof typeof programs): Promise<string> {
  const folder = join(import.meta.dirname, '..', 'native')
  const target = join(findPackageRoot(), '.cache', 'bench', `${name}-${hashOf(folder)}`)
  if (existsSync(target)) return target
  const compiler = findOnPath('cc', 'gcc', 'clang')
  if (!compiler) throw new Error('the load generator needs a C compiler: apt-get install gcc libc6-dev')
  await mkdir(join(target, '..'), { recursive: true })
  const sources = programs[name].map((file) => join(folder, `${file}.c`))
  const building = `${target}.${process.pid}`
  const { code, output } = await runCommand(compiler, [...FLAGS, '-o', building, ...sources])
  if (code !== 0) throw new Error(`${name} could not be built: ${output}`)
  await rename(building, target)
  return target
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(FLAGS.join(' '))
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 12)
}
