import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export interface ToolResult {
  readonly code: number
  /** stdout and stderr together */
  readonly output: string
}

/** Runs one of the project's own tools on a planted tree, on the Node that runs the test. */
export function runTool(name: string, args: readonly string[], cwd: string): Promise<ToolResult> {
  return new Promise((done, fail) => {
    let output = ''
    const take = (text: string) => {
      output += text
    }
    const child = spawn(process.execPath, [resolve('node_modules/.bin', name), ...args], { cwd })
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}
