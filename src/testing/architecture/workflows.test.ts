import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { findPackageRoot } from '../../node/config/package-root.ts'

const root = findPackageRoot()
const texts = z.record(z.string(), z.coerce.string())
const stepSchema = z.looseObject({
  ...{ name: z.string().optional(), uses: z.string().optional(), run: z.string().optional(), env: texts.optional() },
})
const jobSchema = z.looseObject({
  needs: z.string().optional(),
  uses: z.string().optional(),
  permissions: texts.optional(),
  steps: z.array(stepSchema).default([]),
})
const workflowSchema = z.looseObject({
  ...{ name: z.string(), on: z.record(z.string(), z.unknown()), permissions: texts },
  jobs: z.record(z.string(), jobSchema),
})

function readWorkflow(path: string) {
  return workflowSchema.parse(parse(readFileSync(join(root, path), 'utf8')))
}

const paths = globSync('.github/workflows/*.yml', { cwd: root })
const { scripts } = z.object({ scripts: texts }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

describe.each(paths)('%s', (path) => {
  const workflow = readWorkflow(path)
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, job]) => job.steps)
  const commands = steps.flatMap(({ run = '' }) => run)

  test('is named as its file, so that others find it', () => {
    expect(workflow.name).toBe(basename(path, '.yml'))
  })

  test('every job waits only for jobs that there are, and ends some time', () => {
    const names = new Set(jobs.map(([name]) => name))
    expect(jobs.filter(([, { needs }]) => needs !== undefined && !names.has(needs))).toEqual([])
    const own = jobs.filter(([, job]) => job.uses === undefined)
    expect(own.filter(([, job]) => typeof job['timeout-minutes'] !== 'number').map(([name]) => name)).toEqual([])
  })

  test('what it runs of ours is there', () => {
    const npm = commands.flatMap((run) => Array.from(run.matchAll(/\bnpm run ([\w:-]+)/g), ([, name = '']) => name))
    const files = commands.flatMap((run) => Array.from(run.matchAll(/\bnode (\S+\.ts)/g), ([, file = '']) => file))
    const called = jobs.flatMap(([, { uses }]) => (uses === undefined ? [] : [uses]))
    expect(npm.filter((name) => !(name in scripts))).toEqual([])
    expect([...files, ...called].filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('actions of others are named with a version', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.filter((name) => !/^[\w-]+\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(name))).toEqual([])
  })

  test('no command has a value from outside written into it: what looks like shell would be run', () => {
    expect(commands.filter((run) => run.includes('${{'))).toEqual([])
  })

  test('secrets are given to the steps that need them, never to all', () => {
    const withoutSteps = JSON.stringify({ ...workflow, jobs: jobs.map(([, job]) => ({ ...job, steps: [] })) })
    expect(withoutSteps).not.toContain('secrets.')
  })
})

describe('a release', () => {
  const { jobs, on, permissions } = readWorkflow('.github/workflows/release.yml')
  const commandsOf = (name: string) => (jobs[name]?.steps ?? []).map(({ run, uses }) => run ?? uses ?? '')

  test('begins with a tag, after all of ci', () => {
    expect(on.push).toEqual({ tags: ['v*'] })
    expect(jobs.ci?.uses).toBe('./.github/workflows/ci.yml')
    expect(readWorkflow('.github/workflows/ci.yml').on).toHaveProperty('workflow_call')
    expect([jobs.package?.needs, jobs.draft?.needs]).toEqual(['ci', 'package'])
  })

  test('has the fuses of its executable read after it is made and before it is handed on', () => {
    const commands = commandsOf('package')
    const [made, read, kept] = ['npm run package', 'node scripts/fuses.ts', 'actions/upload-artifact'].map((start) =>
      commands.findIndex((command) => command.startsWith(start)),
    )
    expect(made).toBeGreaterThan(0)
    expect([Number(read) > Number(made), Number(kept) > Number(read)]).toEqual([true, true])
  })

  test('is signed on the systems that ask for it, or fails', () => {
    const matrix = z.object({ strategy: z.object({ matrix: z.object({ include: z.array(texts) }) }) })
    const { include } = matrix.parse(jobs.package).strategy.matrix
    const unsigned = include.filter((entry) => !entry.arguments?.includes('forceCodeSigning=true'))
    expect(unsigned.map(({ os }) => os)).toEqual([expect.stringMatching(/^ubuntu/)])
  })

  test('carries bill of materials, checksums and provenance, goes to a share of the desks, and stays a draft', () => {
    const commands = commandsOf('draft').join('\n')
    for (const part of ['npm run sbom', 'scripts/stage.ts', 'sha256sum', 'attest-build-provenance', '--draft']) {
      expect(commands).toContain(part)
    }
  })

  test('only the job that makes the draft may write', () => {
    expect(permissions).toEqual({ contents: 'read' })
    const writers = Object.entries(jobs).filter(([, job]) => Object.values(job.permissions ?? {}).includes('write'))
    expect(writers.map(([name]) => name)).toEqual(['draft'])
  })
})
