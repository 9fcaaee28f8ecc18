import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { eventually } from '../fixtures/eventually.ts'
import type { PushClient } from '../push/push-client.ts'
import { isRunning } from '../services/is-running.ts'
import { type ChainWorld, openChainWorld } from './chain-world.ts'
import { connectConsole } from './console-client.ts'
import { readHealth } from './requests.ts'
import { readServerMails } from './server-mails.ts'

const PAGES = 8
const env = { PUSH_WORKERS: '2', FLIGHTLINE_PII_KEY: randomBytes(32).toString('base64') }

let world: ChainWorld

beforeAll(async () => {
  world = await openChainWorld({ mode: 'connected', asBuilt: true, env }, { departures: 4, passengers: 1 })
})

afterAll(() => world?.[Symbol.asyncDispose]())

const gatewaySchema = z.looseObject({
  status: z.string(),
  // None while it is being started again.
  pid: z.number().optional(),
  restarts: z.number(),
  sockets: z.number().default(0),
})
const pushSchema = z.looseObject({ status: z.string(), sockets: z.number() })
const reportSchema = z.object({
  status: z.string(),
  parts: z.looseObject({ push: pushSchema, 'gateway-1': gatewaySchema, 'gateway-2': gatewaySchema }),
})

/** On a connection of its own: one that is kept may be to a gateway that is no more. */
function get(path: string): Promise<Response> {
  return fetch(`${world.url}${path}`, { headers: { connection: 'close' } })
}

async function readParts() {
  const { status, parts } = reportSchema.parse(await (await get('/health')).json())
  return { ...parts, status, gateways: [parts['gateway-1'], parts['gateway-2']] as const }
}

/** The processes of both gateways; never a number that means more than one process. */
async function readPids(): Promise<readonly [number, number]> {
  const [one, two] = (await readParts()).gateways.map(({ pid }) => pid)
  if (!one || !two) throw new Error('both gateways run')
  return [one, two]
}

function openPages(count = PAGES): Promise<readonly PushClient[]> {
  return Promise.all(Array.from({ length: count }, () => world.follow(world.flight(0))))
}

async function closePages(pages: readonly PushClient[]): Promise<void> {
  for (const { socket } of pages) socket.close()
  await eventually(async () => (await readParts()).push.sockets === 0)
}

async function setGate(gate: string): Promise<void> {
  // Whichever gateway takes it: that of the world's own console may have been killed.
  const console = await connectConsole(world.url, world.cookie)
  const { departures } = await console.client.departures.list()
  const revision = departures.find(({ id }) => id === world.flight(0))?.revision ?? 0
  await console.client.departures.setGate({ id: world.flight(0), revision, commandId: randomUUID(), gate })
  console.close()
}

function expectGate(pages: readonly PushClient[], gate: string): Promise<unknown> {
  return eventually(() => pages.every((page) => page.all('departure').at(-1)?.departure.gate === gate), 15_000)
}

async function expectWell(): Promise<void> {
  await eventually(async () => {
    const { status, gateways } = await readParts()
    return status === 'ok' && gateways.every((gateway) => gateway.status === 'ok')
  }, 30_000)
}

describe('two gateway processes on one port', () => {
  test('share the sockets, and an edit on one reaches the pages of both', async () => {
    const pages = await openPages()
    await setGate('C1')
    await expectGate(pages, 'C1')
    const { gateways, push } = await readParts()
    expect(gateways.map(({ sockets }) => sockets > 0)).toEqual([true, true])
    expect(gateways[0].sockets + gateways[1].sockets).toBe(push.sockets)
    expect(push.sockets).toBe(PAGES)
    expect(gateways[0].pid).not.toBe(gateways[1].pid)
    await closePages(pages)
  })

  test('tell of every part, wherever it runs, whichever of them is asked', async () => {
    for (let ask = 0; ask < 4; ask += 1) {
      const { code, parts } = await readHealth(world.url)
      expect(code).toBe(200)
      expect(parts).toEqual({
        ...{ store: 'ok', log: 'ok', relay: 'ok', notifier: 'ok', push: 'ok', 'gateway-1': 'ok', 'gateway-2': 'ok' },
      })
    }
  })

  test('show the figures of all processes, each by its name', async () => {
    const pages = await openPages()
    const page = await (await get('/metrics')).text()
    const lines = page.split('\n')
    const valuesOf = (name: string) => lines.filter((line) => line.startsWith(`${name}{`))
    const sockets = valuesOf('flightline_push_sockets')
    expect(sockets).toHaveLength(2)
    expect(sockets.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)).toBe(PAGES)
    const memory = valuesOf('process_resident_memory_bytes').map((line) => /worker="(\w+)"/.exec(line)?.[1])
    expect(memory).toEqual(['first', '1', '2'])
    expect(lines.filter((line) => line.startsWith('# TYPE flightline_push_sockets '))).toHaveLength(1)
    expect(page).toMatch(/^flightline_relay_\w+\{.*worker="first"/m)
    await closePages(pages)
  })

  test('tell the console of all processes, under the names of the health report', async () => {
    const pages = await openPages()
    const console = await connectConsole(world.url, world.cookie)
    const { parts, processes, status } = await console.client.system.read()
    console.close()
    expect(status).toBe('ok')
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['store', 'log', 'relay', 'gateway-2']))
    expect(processes.map(({ name }) => name)).toEqual(['first', 'gateway-1', 'gateway-2'])
    expect(processes.map(({ push }) => push !== undefined)).toEqual([false, true, true])
    expect(processes.reduce((sum, { push }) => sum + (push?.sockets ?? 0), 0)).toBe(PAGES)
    for (const { startedAt, memory } of processes) expect(Math.min(startedAt, memory)).toBeGreaterThan(1_000_000)
    await closePages(pages)
  })

  test('have a confirmation mailed by the first process', async () => {
    const email = 'cores@example.com'
    for (let ask = 0; ask < 2; ask += 1) {
      const body = JSON.stringify({ flightId: world.flight(ask), email })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${world.url}/api/notifications`, { method: 'POST', headers, body })
      expect(answer.status).toBe(202)
    }
    const mails = () => (readServerMails(world.system) ?? []).filter(({ to }) => to.includes(email))
    await eventually(() => mails().length === 2, 15_000)
    expect(mails()[0]?.text).toContain(`${world.url}/?confirm=`)
  })
})

describe('a gateway that is killed', () => {
  test('takes its own pages with it, is started again, and all of them get the present', async () => {
    const pages = await openPages()
    const [killed] = await readPids()
    const lost = (await readParts()).gateways[0].sockets
    process.kill(killed, 'SIGKILL')
    const open = () => pages.filter(({ socket }) => socket.readyState === socket.OPEN)
    await eventually(() => open().length === PAGES - lost)
    const left = open()
    expect(lost).toBeGreaterThan(0)
    expect(left.length).toBeGreaterThan(0)
    // Of a service that has lost a part the other one answers.
    expect((await get('/health')).status).toBe(200)
    await expectWell()
    const after = await readParts()
    expect(after.gateways.map(({ restarts }) => restarts)).toEqual([1, 0])
    expect(after.gateways[0].pid).not.toBe(killed)
    const back = await openPages(lost)
    await setGate('C2')
    await expectGate([...left, ...back], 'C2')
    await closePages([...left, ...back])
  })
})

describe('the end of the first process', () => {
  test('by kill -9 is the end of its gateways, and the port is free again', async () => {
    const pids = await readPids()
    await world.system.backend.kill()
    await eventually(() => pids.every((pid) => !isRunning(pid)), 20_000)
    await world.system.backend.restart()
    await expectWell()
  })

  test('by SIGTERM says goodbye to every page, within 20 s and with 0', async () => {
    const pages = await openPages()
    const pids = await readPids()
    const startedAt = performance.now()
    const code = await world.system.backend.end()
    expect([code, performance.now() - startedAt < 20_000]).toEqual([0, true])
    const endings = await Promise.all(pages.map(({ ended }) => ended))
    expect(new Set(endings.map((ending) => ending.code))).toEqual(new Set([1001]))
    expect(pids.map(isRunning)).toEqual([false, false])
  })
})
