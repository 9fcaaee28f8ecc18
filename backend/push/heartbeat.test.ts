import { describe, expect, test } from 'vitest'
import type { Client } from './client.ts'
import { noteLife } from './heartbeat.ts'
import { pushLimits } from './parts.ts'

const { heartbeat, deadAfter, sweep } = pushLimits

test('a socket that answers no ping is ended within a minute, the sweep that finds it included', () => {
  expect(deadAfter + sweep).toBeLessThanOrEqual(60_000)
})

test('one lost ping ends nobody: the next one and its answer come in time', () => {
  expect(deadAfter - 2 * heartbeat).toBeGreaterThan(5 * sweep)
})

// Reason for the cast: of a client only this is asked here.
const createClient = () => ({ seenAt: 0 }) as Client

describe('signs of life', () => {
  test('keep the sockets in the order in which they were last heard of', () => {
    const [first, second, third] = [createClient(), createClient(), createClient()]
    const clients = new Set([first, second, third])
    noteLife({ clients }, second)
    noteLife({ clients }, first)
    expect([...clients]).toEqual([third, second, first])
    expect(first.seenAt).toBeGreaterThanOrEqual(second.seenAt)
    expect(second.seenAt).toBeGreaterThan(third.seenAt)
  })

  test('of a socket that is gone do not bring it back', () => {
    const clients = new Set<Client>()
    noteLife({ clients }, createClient())
    expect(clients.size).toBe(0)
  })
})
