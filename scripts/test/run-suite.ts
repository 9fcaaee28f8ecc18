import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { toolEnvironment } from '../lib/run-commands.ts'
import type { Tally } from './tally.ts'

export interface Suite {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** where its JSON report appears */
  readonly report: string
  readonly tally: (report: unknown) => Tally
}

/** Runs one suite with its output as it comes. A suite that ends without a usable report has failed as a whole. */
export async function runSuite(suite: Suite, write: (text: string) => void): Promise<Tally> {
  mkdirSync(dirname(suite.report), { recursive: true })
  rmSync(suite.report, { force: true })
  const { code, output } = await runLive(suite, write)
  const tally = readReport(suite)
  if (!tally || tally.passed + tally.failed === 0) return failure(`${suite.name} did not start: ${reasonIn(output)}`)

  const remarks = tally.remarks.map((remark) => `${suite.name}: ${remark}`)
  if (code === 0 || tally.failed > 0) return { ...tally, remarks }
  // Every test passed, yet the runner is unhappy: an error outside the tests, or a hook at the end.
  return { ...tally, failed: 1, remarks: [...remarks, `${suite.name} ended with code ${code}: ${reasonIn(output)}`] }
}

function readReport({ report, tally }: Suite): Tally | undefined {
  return existsSync(report) ? tally(JSON.parse(readFileSync(report, 'utf8'))) : undefined
}

function failure(remark: string): Tally {
  return { passed: 0, failed: 1, remarks: [remark] }
}

function runLive({ command, args, env }: Suite, write: (text: string) => void) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    let output = ''
    const take = (text: string) => {
      output = `${output}${text}`.slice(-64_000)
      write(text)
    }
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...toolEnvironment(), ...env } })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take)
    child.on('error', (error) => take(`Error: ${command} could not start: ${error.message}\n`))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The first error the runner printed, else its last word. */
function reasonIn(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('JSON report written'))
  const error = lines.find((line) => /^(([A-Z]\w*)?(Error|Unavailable): |No test)/.test(line))
  return error ?? lines.at(-1) ?? 'it printed nothing'
}
