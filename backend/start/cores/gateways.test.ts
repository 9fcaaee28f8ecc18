import { describe, expect, test } from 'vitest'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../../src/testing/fixtures/logs.ts'
import { pairedChannels } from '../../../src/testing/fixtures/paired-channels.ts'
import { manualTimer } from '../../../src/testing/twins/manual-timer.ts'
import type { PartHealth } from '../../part.ts'
import { createCalls } from './calls.ts'
import { type GatewayProcess, startGateways } from './gateways.ts'

const DRAIN = 10_000
const CALM = 60_000

/** A gateway process that a test plays. */
interface Played {
  readonly number: number
  report(message: object): void
  start(): void
  end(how?: string): void
  readonly orders: unknown[]
  isKilled: boolean
}

function setUp({ obeys = true }: { readonly obeys?: boolean } = {}) {
  const [timer, logger] = [manualTimer(), recordingLog()]
  const played: Played[] = []
  const fork = (number: number): GatewayProcess => {
    const [near, far] = pairedChannels()
    const listeners: ((how: string) => void)[] = []
    const health = (): PartHealth => ({ status: 'ok', sockets: number })
    createCalls(far, { answers: { health }, patience: 1_000 })
    const end = (how = 'exit code 1') => {
      near.break()
      for (const listener of listeners.splice(0)) listener(how)
    }
    const own: Played = {
      ...{ number, end, orders: [], isKilled: false },
      report: far.send,
      start: () => far.send({ type: 'started', url: 'https://x', localUrl: 'http://127.0.0.1:9', departures: number }),
    }
    far.listen((message) => {
      if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'stop') return
      own.orders.push(message)
      if (obeys) end('exit code 0')
    })
    played.push(own)
    return {
      ...near,
      pid: 1000 + played.length,
      ended: (listener) => void listeners.push(listener),
      kill() {
        own.isKilled = true
        end('SIGKILL')
      },
    }
  }
  const starting = startGateways({ count: 2, fork, answers: {}, timer, logger, random: () => 1 })
  return { timer, logger, played, starting }
}

async function started(options?: { readonly obeys?: boolean }) {
  const bench = setUp(options)
  for (const gateway of bench.played) gateway.start()
  return { ...bench, gateways: await bench.starting }
}

describe('the start', () => {
  test('is over when all of them have started', async () => {
    const { played, starting } = setUp()
    let isOver = false
    void starting.then(() => {
      isOver = true
    })
    played[0]?.start()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isOver).toBe(false)
    played[1]?.start()
    expect((await starting).started).toMatchObject({ localUrl: 'http://127.0.0.1:9' })
  })

  test('fails as the first of them failed, and none is left running', async () => {
    const { played, starting } = setUp()
    played[0]?.start()
    played[1]?.report({ type: 'failed', code: 'FL_LISTEN_FAILED', message: 'FL_LISTEN_FAILED: Cannot listen.' })
    const failed = expect(starting).rejects.toMatchObject({ code: 'FL_LISTEN_FAILED', message: 'Cannot listen.' })
    await new Promise(setImmediate)
    played[1]?.end()
    await failed
    expect(played[0]?.orders).toEqual([{ type: 'stop' }])
    expect(played).toHaveLength(2)
  })

  test('fails when one ends without a word', async () => {
    const { played, starting } = setUp()
    played[1]?.end('SIGSEGV')
    await expect(starting).rejects.toThrow('gateway 2 ended while it started: SIGSEGV')
  })
})

describe('a gateway that ends', () => {
  test('is started again after a pause that grows, until it has run for a minute', async () => {
    const { timer, played, logger } = await started()
    for (const [at, pause] of [500, 1000, 2000].entries()) {
      played.at(at === 0 ? 0 : -1)?.end()
      expect(timer.waiting(pause)).toBe(1)
      timer.fire(pause)
      expect(played).toHaveLength(3 + at)
      expect(played.at(-1)?.number).toBe(1)
    }
    expect(logger.lines.filter(({ message }) => message === 'a gateway ended and is started again')).toHaveLength(3)
    played.at(-1)?.start()
    await eventually(() => timer.waiting(CALM) === 2)
    timer.fire(CALM)
    played.at(-1)?.end()
    expect(timer.waiting(500)).toBe(1)
  })

  test('never waits for longer than 15 s', async () => {
    const { timer, played } = await started()
    let pause = 500
    for (let ends = 0; ends < 10; ends += 1) {
      played.at(ends === 0 ? 0 : -1)?.end()
      timer.fire(pause)
      pause = Math.min(15_000, pause * 2)
    }
    expect(played).toHaveLength(12)
  })

  test('leaves the service degraded, not down; without any it is down', async () => {
    const { played, gateways } = await started()
    expect(await gateways.healths()).toEqual(
      new Map([
        [1, { status: 'ok', sockets: 1, restarts: 0, pid: 1001 }],
        [2, { status: 'ok', sockets: 2, restarts: 0, pid: 1002 }],
      ]),
    )
    played[0]?.end()
    const after = await gateways.healths()
    expect(after.get(1)).toEqual({ status: 'degraded', problem: 'ended', restarts: 1 })
    expect(after.get(2)?.status).toBe('ok')
    expect(await gateways.askAll('health')).toEqual([{ number: 2, value: { status: 'ok', sockets: 2 } }])
    played[1]?.end()
    expect([...(await gateways.healths()).values()].map(({ status }) => status)).toEqual(['down', 'down'])
  })

  test('that fails to start again is told in the log and tried again', async () => {
    const { timer, played, logger } = await started()
    played[0]?.end()
    timer.fire(500)
    played.at(-1)?.report({ type: 'failed', code: 'FL_STORE_UNAVAILABLE', message: 'x' })
    await eventually(() => logger.lines.some(({ message }) => message === 'a gateway did not start'))
    played.at(-1)?.end()
    expect(timer.waiting(1000)).toBe(1)
  })
})

describe('the close', () => {
  test('tells all to stop, waits for them, and starts none again', async () => {
    const { timer, played, gateways } = await started()
    await gateways.close()
    expect(played.map(({ orders }) => orders)).toEqual([[{ type: 'stop' }], [{ type: 'stop' }]])
    expect(played).toHaveLength(2)
    expect([timer.waiting(500), timer.waiting(DRAIN), timer.waiting(CALM)]).toEqual([0, 0, 0])
  })

  test('ends one that does not drain', async () => {
    const { timer, played, gateways } = await started({ obeys: false })
    const closing = gateways.close()
    await eventually(() => played.every(({ orders }) => orders.length === 1))
    timer.fire(DRAIN)
    await closing
    expect(played.map(({ isKilled }) => isKilled)).toEqual([true, true])
  })

  test('cancels a start that was planned', async () => {
    const { timer, played, gateways } = await started()
    played[0]?.end()
    await gateways.close()
    expect(timer.waiting(500)).toBe(0)
    expect(played).toHaveLength(2)
  })
})
