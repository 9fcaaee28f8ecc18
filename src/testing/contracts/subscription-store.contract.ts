import { describe, expect, test } from 'vitest'
import { NOON } from '../fixtures/departure.ts'
import { subscription } from '../fixtures/passengers.ts'
import type { OpenPair } from './store-pair.ts'

const asked = subscription()
const again = subscription({
  id: 'subscription-2',
  address: 'sealed:bob again',
  language: 'de',
  confirmHash: 'confirm-hash-2',
  unsubscribeHash: 'unsubscribe-hash-2',
  createdAt: NOON + 9,
})

/** What every `SubscriptionStore` keeps to. */
export function describeSubscriptionStore(name: string, open: OpenPair): void {
  describe(`SubscriptionStore on ${name}`, () => {
    describe('the way of a subscription', () => describeLifecycle(open))
    describe('asking again', () => describeRenewal(open))
    describe('reads', () => describeReads(open))
  })
}

function describeLifecycle(open: OpenPair): void {
  test('a new one waits: it is known but not among the confirmed', async () => {
    await using pair = await open()
    expect(await pair.first.subscriptions.request(asked)).toEqual(asked)
    expect(await pair.second.subscriptions.get(asked.id)).toEqual(asked)
    expect(await pair.second.subscriptions.listConfirmed(asked.departureId)).toEqual([])
  })

  test('confirming counts once; a second click changes nothing', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    const confirmed = { ...asked, confirmedAt: NOON + 1 }
    expect(await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 1)).toEqual(confirmed)
    expect(await pair.second.subscriptions.confirm(asked.confirmHash, NOON + 2)).toEqual(confirmed)
    expect(await pair.second.subscriptions.listConfirmed(asked.departureId)).toEqual([confirmed])
  })

  test('ending counts once and takes it from the confirmed', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 1)
    const ended = { ...asked, confirmedAt: NOON + 1, endedAt: NOON + 2 }
    expect(await pair.first.subscriptions.end(asked.unsubscribeHash, NOON + 2)).toEqual(ended)
    expect(await pair.second.subscriptions.end(asked.unsubscribeHash, NOON + 3)).toEqual(ended)
    expect(await pair.second.subscriptions.listConfirmed(asked.departureId)).toEqual([])
    expect(await pair.second.subscriptions.get(asked.id)).toEqual(ended)
  })

  test('one that was ended, confirmed or not, is not brought back by the old link', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    await pair.first.subscriptions.end(asked.unsubscribeHash, NOON + 1)
    expect(await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 2)).toBeUndefined()
    expect(await pair.first.subscriptions.listConfirmed(asked.departureId)).toEqual([])
  })

  test('unknown hashes confirm and end nothing, nor does the wrong one of the two', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    expect(await pair.first.subscriptions.confirm('nothing', NOON)).toBeUndefined()
    expect(await pair.first.subscriptions.confirm(asked.unsubscribeHash, NOON)).toBeUndefined()
    expect(await pair.first.subscriptions.end(asked.confirmHash, NOON)).toBeUndefined()
    expect(await pair.first.subscriptions.get(asked.id)).toEqual(asked)
  })

  test('a hundred clicks at once confirm once', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    const clicks = Array.from({ length: 100 }, (_, index) => {
      const stores = index % 2 === 0 ? pair.first : pair.second
      return stores.subscriptions.confirm(asked.confirmHash, NOON + index)
    })
    const moments = (await Promise.all(clicks)).map((confirmed) => confirmed?.confirmedAt)
    expect(new Set(moments).size).toBe(1)
  })
}

function describeRenewal(open: OpenPair): void {
  test('keeps id and unsubscribe link and replaces the confirmation link', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    const renewed = await pair.second.subscriptions.request(again)
    expect(renewed).toMatchObject({
      id: asked.id,
      unsubscribeHash: asked.unsubscribeHash,
      confirmHash: again.confirmHash,
    })
    expect(renewed).toMatchObject({ address: again.address, language: 'de' })
    expect(await pair.first.subscriptions.get(again.id)).toBeUndefined()
    expect(await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 1)).toBeUndefined()
    expect(await pair.first.subscriptions.confirm(again.confirmHash, NOON + 1)).toMatchObject({ id: asked.id })
  })

  test('leaves one that is confirmed confirmed', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 1)
    expect(await pair.first.subscriptions.request(again)).toMatchObject({ id: asked.id, confirmedAt: NOON + 1 })
    expect(await pair.second.subscriptions.listConfirmed(asked.departureId)).toHaveLength(1)
  })

  test('starts one that was ended anew: nothing is sent before it is confirmed again', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    await pair.first.subscriptions.confirm(asked.confirmHash, NOON + 1)
    await pair.first.subscriptions.end(asked.unsubscribeHash, NOON + 2)
    const renewed = await pair.first.subscriptions.request(again)
    expect(renewed).not.toHaveProperty('confirmedAt')
    expect(renewed).not.toHaveProperty('endedAt')
    expect(await pair.first.subscriptions.listConfirmed(asked.departureId)).toEqual([])
    expect(await pair.first.subscriptions.confirm(again.confirmHash, NOON + 3)).toMatchObject({ confirmedAt: NOON + 3 })
    expect(await pair.second.subscriptions.listConfirmed(asked.departureId)).toHaveLength(1)
  })

  test('many times at once leaves one', async () => {
    await using pair = await open()
    const requests = Array.from({ length: 20 }, (_, index) => {
      const hashes = { confirmHash: `confirm-${index}`, unsubscribeHash: `unsubscribe-${index}` }
      const stores = index % 2 === 0 ? pair.first : pair.second
      return stores.subscriptions.request(subscription({ id: `subscription-${index}`, ...hashes }))
    })
    const ids = (await Promise.all(requests)).map(({ id }) => id)
    expect(new Set(ids).size).toBe(1)
  })
}

function describeReads(open: OpenPair): void {
  test('one is found by either of its tokens, unchanged', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    expect(await pair.second.subscriptions.findByToken(asked.confirmHash)).toEqual(asked)
    expect(await pair.second.subscriptions.findByToken(asked.unsubscribeHash)).toEqual(asked)
    expect(await pair.second.subscriptions.findByToken('nothing')).toBeUndefined()
  })

  test('the confirmed of one departure are listed in order of id', async () => {
    await using pair = await open()
    for (const [id, departureId] of [
      ['s3', asked.departureId],
      ['s1', asked.departureId],
      ['s2', 'LH400-2026-11-20-FRA'],
    ] as const) {
      const own = { recipient: `key-${id}`, confirmHash: `confirm-${id}`, unsubscribeHash: `unsubscribe-${id}` }
      await pair.first.subscriptions.request(subscription({ id, departureId, ...own }))
      await pair.first.subscriptions.confirm(`confirm-${id}`, NOON)
    }
    const listed = await pair.second.subscriptions.listConfirmed(asked.departureId)
    expect(listed.map(({ id }) => id)).toEqual(['s1', 's3'])
  })

  test('several are found by id; unknown ones are left out', async () => {
    await using pair = await open()
    await pair.first.subscriptions.request(asked)
    await pair.first.subscriptions.request({ ...again, recipient: 'key-eve' })
    const found = await pair.second.subscriptions.getAll([again.id, 'nobody', asked.id])
    expect(found.map(({ id }) => id).sort()).toEqual([asked.id, again.id])
    expect(await pair.second.subscriptions.getAll([])).toEqual([])
    expect(await pair.second.subscriptions.get('nobody')).toBeUndefined()
  })
}
