import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import { SESSION_IDLE } from '../../shared/desk/sign-in.ts'
import { MINUTE } from '../../shared/domain/instant.ts'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { departure, departures, NOON } from '../../testing/fixtures/departure.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { createBoardFile } from './board-file.ts'
import { createBoardMemory, WRITE_EVERY } from './board-memory.ts'

const actor = { name: 'gwen', role: 'gate', stations: ['JFK'] } as const
const gwen = { service: 'embedded', actor }
const sue = { service: 'embedded', actor: { ...actor, name: 'sue' } }
const clock = { wall: NOON, operational: NOON, rate: 1 }
const [one, two] = departures(2)
const snapshot = (...shown: readonly (typeof one)[]): BoardMessage => ({
  type: 'snapshot',
  departures: shown.flatMap((entry) => entry ?? []),
  clock,
})

/** The change that brought a departure to this state; its content does not matter here. */
function changed(next: ReturnType<typeof departure>): BoardMessage {
  const stamp = { source: 'desk', at: NOON, operationalAt: NOON, fields: {} } as const
  const change = { ...stamp, id: `${next.id}:${next.revision}`, departureId: next.id, revision: next.revision }
  return { type: 'changes', changes: [{ departure: next, change }] }
}

async function bench() {
  const folder = await temporaryFolder('memory')
  const path = join(folder.path, 'board.json')
  const logger = recordingLog()
  const ticks = { now: 0 }
  const parts = { clock: manualClock(), timer: manualTimer(), now: () => ticks.now }
  const open = () => {
    const file = createBoardFile({ path, logger })
    const memory = createBoardMemory({ ...parts, file })
    return { ...memory, file }
  }
  return {
    ...parts,
    ticks,
    folder: folder.path,
    path,
    logger,
    open,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

describe('the last board', () => {
  test('is what passed last, with its age', async () => {
    await using given = await bench()
    const memory = given.open()
    expect(memory.recall(gwen)).toBeNull()
    memory.look(snapshot(one, two), gwen)
    memory.look(changed({ ...departure(one), gate: 'C9', revision: 2 }), gwen)
    memory.look(changed({ ...departure(one), gate: 'old', revision: 1 }), gwen)
    memory.look({ type: 'pulse', clock: { ...clock, rate: 2 }, publishing: { unpublished: 0, oldestAge: 0 } }, gwen)
    given.clock.advance(MINUTE)
    expect(memory.recall(gwen)).toEqual({
      ...{ actor, age: MINUTE, clock: { ...clock, rate: 2 } },
      departures: [{ ...one, gate: 'C9', revision: 2 }, two],
    })
  })

  test('never goes back when the snapshot of a slower page comes after a change', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one, two), gwen)
    memory.look(changed({ ...departure(one), gate: 'C9', revision: 2 }), gwen)
    memory.look(snapshot(one), gwen)
    expect(memory.recall(gwen)?.departures).toMatchObject([{ gate: 'C9', revision: 2 }])
  })

  test('is of one person and one service', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    for (const viewer of [undefined, sue, { ...gwen, service: 'other' }]) expect(memory.recall(viewer)).toBeNull()
    memory.look(changed({ ...departure(one), revision: 2 }), sue)
    expect(memory.recall(sue)).toBeNull()
    memory.look(snapshot(two), sue)
    expect(memory.recall(sue)?.departures).toEqual([two])
    expect(memory.recall(gwen)).toBeNull()
  })

  test('is not shown any more when the session must have ended of idleness', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    given.clock.advance(SESSION_IDLE - 1)
    expect(memory.recall(gwen)).not.toBeNull()
    given.clock.advance(1)
    expect(memory.recall(gwen)).toBeNull()
  })
})

describe('when the clock of the machine is set back', () => {
  test('its age is told by the time that passed', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    given.clock.advance(-60 * MINUTE)
    given.ticks.now += 5 * MINUTE
    expect(memory.recall(gwen)?.age).toBe(5 * MINUTE)
  })

  test('it is written all the same', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    await memory.file.settled()
    given.clock.advance(-60 * MINUTE)
    memory.look(changed({ ...departure(one), gate: 'C9', revision: 2 }), gwen)
    given.timer.fire(WRITE_EVERY)
    await memory.file.settled()
    expect((await memory.file.read())?.departures).toMatchObject([{ gate: 'C9' }])
  })

  test('before the next start, it is not shown as if it were of this moment', async () => {
    await using given = await bench()
    const before = given.open()
    before.look(snapshot(one), gwen)
    await before.close()
    given.clock.advance(-60 * MINUTE)
    const after = given.open()
    await after.load(gwen)
    expect(after.recall(gwen)).toBeNull()
  })
})

describe('on disk', () => {
  test('it outlives a restart, whole and readable by its owner’s account only', async () => {
    await using given = await bench()
    const before = given.open()
    before.look(snapshot(one, two), gwen)
    await before.close()
    expect((await stat(given.path)).mode & 0o777).toBe(0o600)
    given.clock.advance(MINUTE)
    const after = given.open()
    await after.load(gwen)
    expect(after.recall(gwen)).toEqual({ actor, departures: [one, two], clock, age: MINUTE })
  })

  test('it is written when something changed, and for its age alone once in a minute', async () => {
    await using given = await bench()
    const memory = given.open()
    const written = async (work: () => void) => {
      given.clock.advance(WRITE_EVERY)
      work()
      given.timer.fire(WRITE_EVERY)
      await memory.file.settled()
      return JSON.parse(await readFile(given.path, 'utf8')).heardAt - NOON
    }
    const pulse = () => memory.look({ type: 'pulse', clock, publishing: { unpublished: 0, oldestAge: 0 } }, gwen)
    expect(await written(() => memory.look(snapshot(one), gwen))).toBe(WRITE_EVERY)
    expect(await written(pulse)).toBe(WRITE_EVERY)
    expect(await written(() => memory.look(changed({ ...departure(one), revision: 2 }), gwen))).toBe(3 * WRITE_EVERY)
    for (let count = 0; count < 5; count += 1) expect(await written(pulse)).toBe(3 * WRITE_EVERY)
    expect(await written(pulse)).toBe(9 * WRITE_EVERY)
    expect(await written(() => undefined)).toBe(9 * WRITE_EVERY)
  })

  test('it is gone as soon as its person is', async () => {
    await using given = await bench()
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    given.timer.fire(WRITE_EVERY)
    memory.keepOnlyFor(gwen)
    await memory.file.settled()
    expect(await readdir(given.folder)).toEqual(['board.json'])
    memory.keepOnlyFor(undefined)
    await memory.close()
    expect(await readdir(given.folder)).toEqual([])
    expect(memory.recall(gwen)).toBeNull()
  })

  test.each([undefined, sue])('what somebody else left is removed at the start: %#', async (viewer) => {
    await using given = await bench()
    const before = given.open()
    before.look(snapshot(one), gwen)
    await before.close()
    const after = given.open()
    await after.load(viewer)
    await after.file.settled()
    expect([after.recall(viewer), await readdir(given.folder)]).toEqual([null, []])
  })

  test.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['of a later version', (text: string) => text.replace('"version":1', '"version":9')],
    ['with a departure that is none', (text: string) => text.replace('"originZone"', '"zone"')],
  ])('a file that is %s is set aside, and what comes next is kept', async (_, damage) => {
    await using given = await bench()
    const before = given.open()
    before.look(snapshot(one), gwen)
    await before.close()
    await writeFile(given.path, damage(await readFile(given.path, 'utf8')))
    const after = given.open()
    await after.load(gwen)
    expect(after.recall(gwen)).toBeNull()
    expect(await readdir(join(given.folder, 'damaged'))).toHaveLength(1)
    expect(given.logger.lines).toMatchObject([{ level: 'warn' }])
    after.look(snapshot(two), gwen)
    await after.close()
    const last = given.open()
    await last.load(gwen)
    expect(last.recall(gwen)?.departures).toEqual([two])
  })

  test('a disk that takes nothing costs a line in the log', async () => {
    await using given = await bench()
    await mkdir(given.path)
    await writeFile(join(given.path, 'in-the-way'), '')
    await chmod(given.path, 0o700)
    const memory = given.open()
    memory.look(snapshot(one), gwen)
    await memory.close()
    expect(given.logger.lines[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('not be kept') })
  })
})
