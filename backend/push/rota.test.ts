import { describe, expect, test } from 'vitest'
import type { Client } from './client.ts'
import { createRota } from './rota.ts'

// Reason for the cast: of a client only this is asked here.
const createClient = (slot: number) => ({ slot }) as Client

describe('the rota', () => {
  test('has everybody in each heartbeat once, at the same distance each time', () => {
    const rota = createRota({ heartbeat: 1_000, sweep: 100 })
    const clients = Array.from({ length: 200 }, () => createClient(rota.anySlot()))
    for (const client of clients) rota.join(client)
    const first = Array.from({ length: 10 }, () => [...rota.next()])
    const second = Array.from({ length: 10 }, () => [...rota.next()])
    expect(new Set(first.flat())).toEqual(new Set(clients))
    expect(first.flat()).toHaveLength(200)
    expect(second).toEqual(first)
  })

  test('forgets who has left', () => {
    const rota = createRota({ heartbeat: 300, sweep: 100 })
    const [stays, leaves] = [createClient(1), createClient(1)]
    rota.join(stays)
    rota.join(leaves)
    rota.leave(leaves)
    expect([rota.next(), rota.next(), rota.next()].flatMap((group) => [...group])).toEqual([stays])
  })

  test('has one group where a heartbeat is shorter than a sweep', () => {
    const rota = createRota({ heartbeat: 10, sweep: 100 })
    const client = createClient(rota.anySlot())
    rota.join(client)
    expect([...rota.next()]).toEqual([client])
    expect([...rota.next()]).toEqual([client])
  })
})
