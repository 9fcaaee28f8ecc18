import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { delimiter, resolve } from 'node:path'

export interface Command {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

export interface CommandResult {
  readonly name: string
  readonly ok: boolean
  /** stdout and stderr, in the order they were written */
  readonly output: string
  readonly seconds: number
}

/** Runs commands as many at a time as there are cores; results come in the order asked, whatever ended first. */
export async function runCommands(
  commands: readonly Command[],
  atOnce = availableParallelism(),
): Promise<CommandResult[]> {
  const results: CommandResult[] = []
  const waiting = commands.entries()
  const worker = async () => {
    for (const [index, command] of waiting) results[index] = await runCommand(command)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, commands.length) }, worker))
  return results
}

function runCommand({ name, command, args }: Command): Promise<CommandResult> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const end = (ok: boolean) => resolve({ name, ok, output, seconds: (performance.now() - startedAt) / 1_000 })
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: toolEnvironment() })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', (error) => {
      output += `${command} could not start: ${error.message}`
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

/** The environment in which our own tools, and the Node of our devDependency, come first. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const tools = resolve('node_modules/.bin')
  return { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` }
}
