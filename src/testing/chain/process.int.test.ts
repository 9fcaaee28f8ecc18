import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { findPackageRoot } from '../../node/config/package-root.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { openChainWorld } from './chain-world.ts'
import { createDesk } from './desk.ts'
import { createRandom } from './random.ts'

const DRAIN = 20_000

describe('SIGTERM', () => {
  test('under load: drains, ends with 0, and what was accepted is there', async () => {
    await using world = await openChainWorld({ mode: 'embedded', asBuilt: true }, { departures: 4, passengers: 50 })
    const page = await world.follow(world.flight(0))
    const known = new Map(
      await Promise.all(world.day.departureIds.map(async (id) => [id, await world.see(id)] as const)),
    )
    const accepted = new Map<string, number>()
    const desks = Array.from({ length: 8 }, (_, seed) => {
      return createDesk({ url: world.url, cookie: world.cookie, random: createRandom(seed), known })
    })
    const working = desks.map(async (desk, seed) => {
      for (;;) {
        const { departureId, revision } = await desk.edit(world.flight(seed % 4))
        accepted.set(departureId, Math.max(revision, accepted.get(departureId) ?? 0))
      }
    })
    const stopped = Promise.allSettled(working)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const startedAt = performance.now()
    const code = await world.system.backend.end()
    const lasted = performance.now() - startedAt
    for (const desk of desks) desk.close()
    await stopped

    expect([code, lasted < DRAIN]).toEqual([0, true])
    expect((await page.ended).code).toBe(1001)
    const engine = await world.system.openEngine()
    for (const [id, revision] of accepted) {
      expect((await engine.stores.departures.get(id))?.revision).toBeGreaterThanOrEqual(revision)
    }
    expect([...accepted.values()].reduce((sum, revision) => sum + revision, 0)).toBeGreaterThan(20)
    expect((await engine.stores.deliveries.abandoned(Number.MAX_SAFE_INTEGER, 10)).length).toBe(0)
    await engine.close()
  })
})

/** Runs the built backend until it ends by itself. */
async function run(env: Readonly<Record<string, string>>) {
  await using folder = await temporaryFolder('settings')
  const child = spawn(process.execPath, [join(findPackageRoot(), 'out', 'backend', 'index.js')], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, FLIGHTLINE_DATA: join(folder.path, 'data'), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code: child.exitCode, said: output + errors }
}

describe('settings that are wrong', () => {
  test('are all named with the reason, nothing is started, and the exit code is 2', async () => {
    const { code, said } = await run({ PORT: 'eighty', FLIGHTLINE_SPEED: 'fast', LOG_LEVEL: 'loud', MAIL_FROM: 'me' })
    expect(code).toBe(2)
    for (const name of ['PORT', 'FLIGHTLINE_SPEED', 'LOG_LEVEL', 'SMTP_URL']) expect(said).toContain(name)
    expect(said).not.toContain('at ')
  })

  test('several processes on the embedded file are refused with exit code 2, and what they need is named', async () => {
    const { code, said } = await run({ PUSH_WORKERS: '2' })
    expect(code).toBe(2)
    expect(said).toContain('PUSH_WORKERS: above 1 needs MONGODB_URL and KAFKA_BROKERS')
  })

  test.each([
    ['KAFKA_BROKERS', '127.0.0.1:1', 'MONGODB_URL'],
    ['MONGODB_URL', 'mongodb://127.0.0.1:1', 'KAFKA_BROKERS'],
  ])('%s alone is refused with exit code 2, and the missing one is named', async (name, value, missing) => {
    const { code, said } = await run({ [name]: value })
    expect(code).toBe(2)
    expect(said).toContain(missing)
  })
})
