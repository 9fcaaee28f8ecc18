import { describe, expect, test } from 'vitest'
import { createMetrics } from '../../../src/node/metrics/create-metrics.ts'
import { mergeMetrics, type ProcessFigures } from '../../../src/node/metrics/merge-metrics.ts'
import { pairedChannels } from '../../../src/testing/fixtures/paired-channels.ts'
import type { Part, PartHealth } from '../../part.ts'
import { toSystemProcess } from '../../system/system-figures.ts'
import { createCalls } from './calls.ts'
import { createFirstAnswers, type FirstParts } from './first-answers.ts'
import type { Gateways } from './gateways.ts'
import { findRemoteParts } from './remote-parts.ts'

const relay: Part = { name: 'relay', health: () => ({ status: 'ok', lag: 3 }), close: async () => undefined }

function gateways(healths: readonly PartHealth[]): Gateways {
  return {
    started: { type: 'started', url: '', localUrl: '', departures: 0 },
    askAll: async () => {
      const metrics = createMetrics({ ofProcess: false })
      metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => 7)
      return [{ number: 2, value: await metrics.registry.getMetricsAsJSON() }]
    },
    healths: async () => new Map(healths.map((health, at) => [at + 1, health])),
    close: async () => undefined,
  }
}

function answersOf(parts: Partial<FirstParts> = {}) {
  return createFirstAnswers({
    ...{ parts: [relay], count: 2, metrics: createMetrics({ ofProcess: false }) },
    gateways: () => undefined,
    lookNow: () => undefined,
    sendConfirmation: async () => undefined,
    ...parts,
  })
}

describe('the health of a backend of several processes', () => {
  test('is told to any of them: its own parts, push of all, and each gateway', async () => {
    const behind = { lag: 2, age: 900, queuedBytes: 10, handshakes: 1, followingAll: 1 }
    const two = [
      { status: 'ok', sockets: 5, ...behind },
      { status: 'ok', sockets: 6, ...behind, age: 40 },
    ] as const
    const [near, far] = pairedChannels()
    createCalls(far, { answers: answersOf({ gateways: () => gateways(two) }), patience: 1_000 })
    const parts = await findRemoteParts(createCalls(near, { answers: {}, patience: 1_000 }))
    expect(parts.map(({ name }) => name)).toEqual(['relay', 'push', 'gateway-1', 'gateway-2'])
    expect(await Promise.all(parts.map((part) => part.health()))).toEqual([
      { status: 'ok', lag: 3 },
      { status: 'ok', sockets: 11, lag: 4, age: 900, queuedBytes: 20, handshakes: 2, followingAll: 2 },
      ...two,
    ])
  })

  test('is down where the first process does not answer, and that ends the question', async () => {
    const [near, far] = pairedChannels()
    createCalls(far, { answers: answersOf({ gateways: () => gateways([]) }), patience: 1_000 })
    const parts = await findRemoteParts(createCalls(near, { answers: {}, patience: 50 }))
    near.break()
    for (const part of parts) await expect(async () => part.health()).rejects.toThrow('nobody there')
  })

  test('push is down when no gateway is up', async () => {
    const down = [{ status: 'down', problem: 'ended' }] as const
    const health = await answersOf({ gateways: () => gateways(down) }).health?.(undefined)
    expect(health).toMatchObject({ push: { status: 'down', sockets: 0 } })
  })
})

test('the figures of all processes are collected by name', async () => {
  const metrics = createMetrics({ ofProcess: false })
  metrics.counter({ name: 'sent_total', help: 'Mails' }).inc(4)
  const figures = await answersOf({ metrics, gateways: () => gateways([]) }).metrics?.(undefined)
  expect(figures).toMatchObject([{ worker: 'first' }, { worker: '2' }])
  // Reason for the cast: what was just compared is what the page is made from.
  const page = await mergeMetrics(figures as Parameters<typeof mergeMetrics>[0])
  expect(page).toContain('flightline_sent_total{worker="first"} 4')
  expect(page).toContain('flightline_push_sockets{worker="2"} 7')
})

test('the figures that a console shows come under the names of the health report', async () => {
  const figures = await answersOf({ gateways: () => gateways([]) }).figures?.(undefined)
  // Reason for the cast: what arrives in the other process is checked there.
  const processes = (figures as readonly ProcessFigures[]).map(toSystemProcess)
  expect(processes).toMatchObject([{ name: 'first' }, { name: 'gateway-2', push: { sockets: 7 } }])
  expect(processes[0]).not.toHaveProperty('push')
})

test('gateways together ask for a look once a second', () => {
  let looks = 0
  const answers = answersOf({
    lookNow() {
      looks += 1
    },
  })
  for (let ask = 0; ask < 5; ask += 1) answers.look?.(undefined)
  expect(looks).toBe(1)
})

describe('a confirmation', () => {
  const subscription = {
    ...{ id: 's1', departureId: 'B6739-2026-11-20-JFK', channel: 'email', address: 'sealed', recipient: 'hash' },
    ...{ language: 'en', confirmHash: 'c', unsubscribeHash: 'u', createdAt: 1, demo: false },
  }

  test('is handed on as it was asked for', async () => {
    const sent: unknown[] = []
    const answers = answersOf({ sendConfirmation: async (pending) => void sent.push(pending) })
    await answers.confirm?.({ subscription, confirmToken: 'token' })
    expect(sent).toEqual([{ subscription, confirmToken: 'token' }])
  })

  test('that is none is refused', () => {
    const answers = answersOf()
    expect(() =>
      answers.confirm?.({ subscription: { ...subscription, departureId: 'x' }, confirmToken: 't' }),
    ).toThrow()
  })
})
