import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { z } from 'zod'

const cruiseResult = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })),
  }),
})

export interface GraphReport {
  readonly moduleCount: number
  /** `rule: from -> to`, sorted */
  readonly breaches: readonly string[]
}

const tool = resolve('node_modules/.bin/depcruise')

/** Runs the project's own graph rules on the tree at `root`, exactly as `npm run check:graph` does. */
export async function cruiseGraph(root: string): Promise<GraphReport> {
  const args = [tool, '--config', resolve('.dependency-cruiser.js'), '--output-type', 'json', 'src', 'backend']
  const { summary } = cruiseResult.parse(JSON.parse(await run(args, root)))
  const breaches = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`).sort()
  return { moduleCount: summary.totalCruised, breaches }
}

function run(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      // Breaches make the exit code their number: only an empty report is a failure of the tool.
      if (stdout === '') fail(new Error(`dependency-cruiser reported nothing: ${stderr}`, { cause: error }))
      else done(stdout)
    })
  })
}
