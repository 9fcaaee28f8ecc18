import { execFile } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nativePath } from '../../backend/push/write-all.ts'

const run = promisify(execFile)
const COMPILERS = ['cc', 'gcc', 'clang']
const FLAGS = ['-O2', '-std=c11', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC']
// Node gives these symbols when it loads the file; macOS wants to be told so.
const LATE_SYMBOLS = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []

/**
 * Compiles what the gateway writes many sockets with, where there is a compiler (docs/decisions/0016).
 * @returns what came of it, for whoever builds
 */
export async function buildNative(root: string): Promise<string> {
  const target = nativePath(root)
  await rm(target, { force: true })
  if (process.platform === 'win32') return 'Windows has no use for the native helper of the gateway'
  const source = join(root, 'backend', 'push', 'native', 'write-all.c')
  await mkdir(dirname(target), { recursive: true })
  const headers = join(dirname(fileURLToPath(import.meta.resolve('node-api-headers'))), 'include')
  const building = `${target}.${process.pid}`
  for (const compiler of COMPILERS) {
    try {
      await run(compiler, [...FLAGS, ...LATE_SYMBOLS, `-I${headers}`, '-o', building, source])
      await rename(building, target)
      return `the native helper of the gateway was built with ${compiler}`
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }
  return 'no C compiler: the gateway writes by means of Node, with a fifth more processor time'
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
