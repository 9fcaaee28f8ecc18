import { describe, expect, test } from 'vitest'
import { createSealer } from '../../node/secrets/sealer.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { type DeskBench, openDeskBench } from '../../testing/fixtures/desk-bench.ts'
import { confirmSubscription, endSubscription, requestSubscription, unsubscribeToken } from './subscriptions.ts'

const sealer = createSealer(new Uint8Array(32).fill(1))
const unknown = expect.objectContaining({ code: 'FL_SUBSCRIPTION_UNKNOWN' })
const partsOf = ({ parts }: DeskBench) => ({ ...parts, sealer })
const request = { departure: departure(), email: ' Bob@Example.com ', language: 'en' }

describe('following by e-mail', () => {
  test('the address is sealed, and nothing is confirmed by asking', async () => {
    await using bench = await openDeskBench()
    const { subscription } = await requestSubscription(partsOf(bench), request)
    expect(subscription.address).not.toContain('Bob')
    expect(sealer.open(subscription.address)).toBe('Bob@Example.com')
    expect(subscription.confirmedAt).toBeUndefined()
    expect(await bench.parts.stores.subscriptions.listConfirmed(departure().id)).toEqual([])
  })

  test('the token of the mail confirms, again and again', async () => {
    await using bench = await openDeskBench()
    const { confirmToken, subscription } = await requestSubscription(partsOf(bench), request)
    const confirmed = await confirmSubscription(partsOf(bench), confirmToken)
    expect(confirmed).toMatchObject({ id: subscription.id, confirmedAt: NOON })
    expect(await confirmSubscription(partsOf(bench), confirmToken)).toEqual(confirmed)
  })

  test('who asks again gets another token for the same subscription', async () => {
    await using bench = await openDeskBench()
    const first = await requestSubscription(partsOf(bench), request)
    const second = await requestSubscription(partsOf(bench), { ...request, email: 'BOB@example.com' })
    expect(second.subscription.id).toBe(first.subscription.id)
    expect(second.confirmToken).not.toBe(first.confirmToken)
    await confirmSubscription(partsOf(bench), second.confirmToken)
  })

  test('the link of an early mail ends it, also after it was asked for again', async () => {
    await using bench = await openDeskBench()
    const { subscription, confirmToken } = await requestSubscription(partsOf(bench), request)
    const link = unsubscribeToken(sealer, subscription)
    await confirmSubscription(partsOf(bench), confirmToken)
    await requestSubscription(partsOf(bench), request)
    const ended = await endSubscription(partsOf(bench), link)
    expect(ended.endedAt).toBe(NOON)
    expect(await endSubscription(partsOf(bench), link)).toEqual(ended)
    expect(await bench.parts.stores.subscriptions.listConfirmed(departure().id)).toEqual([])
  })

  test('a token that nobody was sent does nothing, nor does one kind for the other', async () => {
    await using bench = await openDeskBench()
    const { subscription, confirmToken } = await requestSubscription(partsOf(bench), request)
    await expect(confirmSubscription(partsOf(bench), 'made-up')).rejects.toEqual(unknown)
    await expect(endSubscription(partsOf(bench), 'made-up')).rejects.toEqual(unknown)
    await expect(endSubscription(partsOf(bench), confirmToken)).rejects.toEqual(unknown)
    await expect(confirmSubscription(partsOf(bench), unsubscribeToken(sealer, subscription))).rejects.toEqual(unknown)
  })

  test('another flight or address has another unsubscribe link', () => {
    const key = { departureId: departure().id, recipient: 'r1' }
    const links = [key, { ...key, recipient: 'r2' }, { ...key, departureId: 'DL1-2026-11-20-JFK' }]
    expect(new Set(links.map((entry) => unsubscribeToken(sealer, entry))).size).toBe(3)
  })
})
