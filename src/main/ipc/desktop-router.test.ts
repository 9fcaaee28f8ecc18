import { createRouterClient } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import type { SettingsDraft } from '../../shared/api/desktop-schemas.ts'
import { type DesktopBench, desktopBench } from '../../testing/fixtures/desktop-parts.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { openConnection } from '../desk/page-connection.ts'
import { createDesktopRouter } from './desktop-router.ts'

const draft: SettingsDraft = { mode: 'served', serverUrl: 'https://ops.example.com' }
const commandId = '00000000-0000-4000-8000-000000000001'
const gwen = { name: 'gwen', role: 'gate', stations: ['JFK'] } as const

function open() {
  const bench = desktopBench()
  return { bench, client: createRouterClient(createDesktopRouter(bench.parts), { context: openConnection(7) }) }
}

describe('settings are changed', () => {
  test.each<[string, Partial<DesktopBench>]>([
    ['by an administrator', {}],
    ['by anybody before the first save', { mode: 'unconfigured', source: 'none', confirmed: undefined }],
    ['by anybody while the store is lost', { store: 'lost', confirmed: undefined }],
    ['by anybody while the store was never reached', { store: 'opening', confirmed: undefined }],
  ])('%s', async (_, given) => {
    const { bench, client } = open()
    Object.assign(bench, given)
    expect(await client.settings.test(draft)).toMatchObject([{ part: 'store', ok: true }])
    await client.settings.save(draft)
    expect(bench.done).toEqual([
      ['test', draft],
      ['save', draft],
    ])
  })

  test.each<[string, Partial<DesktopBench>, object]>([
    ['by nobody else', { confirmed: gwen }, { code: 'FL_FORBIDDEN', status: 403, data: { needed: 'admin' } }],
    ['by nobody who is not signed in', { confirmed: undefined }, { code: 'FL_SESSION_MISSING', status: 401 }],
    // What this desk remembers is not enough: the service decides who is an administrator now.
    ['by nobody who only was an administrator', { confirmed: gwen }, { code: 'FL_FORBIDDEN' }],
    ['never where a policy set them', { source: 'policy' }, { code: 'FL_SETTINGS_LOCKED', data: { source: 'policy' } }],
    ['never where the environment set them', { source: 'environment', store: 'lost' }, { code: 'FL_SETTINGS_LOCKED' }],
  ])('%s', async (_, given, refusal) => {
    const { bench, client } = open()
    Object.assign(bench, given)
    await expect(client.settings.save(draft)).rejects.toMatchObject(refusal)
    await expect(client.settings.test(draft)).rejects.toMatchObject(refusal)
    expect(bench.done).toEqual([])
    expect(await client.settings.read()).toMatchObject({ source: bench.source })
  })
})

describe('the state', () => {
  test('comes first as it is, then as it last became', async () => {
    const { bench, client } = open()
    const abort = new AbortController()
    const watch = await client.state.watch(undefined, { signal: abort.signal })
    expect((await watch.next()).value).toMatchObject({
      ...{ mode: 'embedded', version: '0.1.0', store: { status: 'ok' }, log: { status: 'ok' } },
      backend: { status: 'running' },
    })
    const next = watch.next()
    await eventually(() => bench.watchers() === 3)
    bench.store = 'lost'
    bench.changed()
    expect((await next).value).toMatchObject({ store: { status: 'lost' } })
    // Nobody reads for a while: of what happens meanwhile only the end is told.
    for (const status of ['restarting', 'starting', 'running'] as const) {
      bench.backend = status
      bench.changed()
    }
    bench.store = 'ok'
    bench.changed()
    expect((await watch.next()).value).toMatchObject({ store: { status: 'ok' }, backend: { status: 'running' } })
    const last = watch.next().catch(() => undefined)
    abort.abort()
    await last
    await eventually(() => bench.watchers() === 0)
  })
})

describe('commands without an answer', () => {
  test('are kept for, and given to, the person who is signed in here', async () => {
    const { bench, client } = open()
    bench.actor = gwen
    const command = { commandId, owner: 'gwen', text: '{}' }
    await client.commands.keep(command)
    expect(await client.commands.claim({ owner: 'gwen' })).toEqual([command])
    await client.commands.forget({ commandId })
    expect(bench.done).toEqual([['forget', commandId]])
  })

  test('are neither kept for nor given to anybody else', async () => {
    const { bench, client } = open()
    bench.kept.push({ commandId, owner: 'gwen', text: '{}' })
    const expired = { code: 'FL_SESSION_EXPIRED', status: 401 }
    await expect(client.commands.claim({ owner: 'gwen' })).rejects.toMatchObject(expired)
    await expect(client.commands.keep({ commandId, owner: 'sue', text: '{}' })).rejects.toMatchObject(expired)
    bench.actor = undefined
    await expect(client.commands.claim({ owner: 'ada' })).rejects.toMatchObject(expired)
    expect(bench.kept).toHaveLength(1)
  })
})

describe('windows', () => {
  test('know what they are for, change it and open others', async () => {
    const { bench, client } = open()
    const wall = { station: null, isWall: true }
    expect(await client.windows.purpose()).toEqual({ station: 'JFK', isWall: false })
    await client.windows.become(wall)
    await client.windows.open(wall)
    expect(bench.done).toEqual([
      ['become', 7, wall],
      ['open', wall],
    ])
  })

  test('get what is asked of them until they are gone', async () => {
    const { bench, client } = open()
    bench.intents.push({ type: 'action', action: 'search' })
    const abort = new AbortController()
    const intents = await client.intents.watch(undefined, { signal: abort.signal })
    expect((await intents.next()).value).toEqual({ type: 'action', action: 'search' })
    const rest = intents.next().catch(() => undefined)
    abort.abort()
    await rest
    await eventually(() => bench.done.length === 2)
    expect(bench.done).toEqual([
      ['intents', 7],
      ['intents ended', 7],
    ])
  })

  test('report what needs attention', async () => {
    const { bench, client } = open()
    const attention = { phase: 'live', waiting: 1, conflicts: 0, failed: 0 } as const
    const alert = { kind: 'lost', title: 'Connection lost', text: 'Edits wait.' } as const
    await client.attention.report(attention)
    await client.attention.alert(alert)
    expect(bench.done).toEqual([
      ['report', 7, attention],
      ['alert', 7, alert],
    ])
  })
})

test('the last board is recalled', async () => {
  const { bench, client } = open()
  expect(await client.board.recall()).toBeNull()
  bench.recollection = { actor: gwen, departures: [], clock: { wall: 1, operational: 1, rate: 1 }, age: 5 }
  expect(await client.board.recall()).toEqual(bench.recollection)
})

test('bad input is named, and a defect shows an id and nothing else', async () => {
  const { bench, client } = open()
  const misshapen: object = { mode: 'served' }
  await expect(client.settings.save(Object(misshapen))).rejects.toMatchObject({
    code: 'FL_BAD_REQUEST',
    data: { problems: [expect.stringMatching(/^serverUrl/)] },
  })
  bench.parts.windows.open = () => Promise.reject(new Error('secret'))
  const failure: unknown = await client.windows.open(bench.purpose).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'FL_INTERNAL', data: { errorId: 'error-1' } })
  expect(JSON.stringify(failure)).not.toContain('secret')
})
