import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { toolEnvironment } from '../lib/run-commands.ts'

/** How electron-builder ended. */
export interface BuilderResult {
  readonly code: number
  /** stdout and stderr together */
  readonly output: string
}

/**
 * Runs electron-builder on the project. It never publishes: releases are put together by the workflow.
 * @param onText - gets the output as it comes
 */
export function runBuilder(
  root: string,
  args: readonly string[],
  onText: (text: string) => void = () => undefined,
): Promise<BuilderResult> {
  return new Promise((resolve, reject) => {
    let output = ''
    const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
    const child = spawn(process.execPath, [cli, '--publish', 'never', ...args], { cwd: root, env: toolEnvironment() })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        onText(text)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
