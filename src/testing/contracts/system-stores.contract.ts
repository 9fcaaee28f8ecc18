import { describe, expect, test } from 'vitest'
import { NOON } from '../fixtures/departure.ts'
import { mailboxMessage } from '../fixtures/notices.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `SettingStore`, `LeaseStore` and `MailboxStore` keeps to, and opening and closing themselves. */
export function describeSystemStores(name: string, open: OpenPair): void {
  describe(`SettingStore on ${name}`, () => describeSettings(open))
  describe(`LeaseStore on ${name}`, () => describeLeases(open))
  describe(`MailboxStore on ${name}`, () => describeMailbox(open))
  describe(`Stores on ${name}`, () => describeLife(open))
}

function describeSettings(open: OpenPair): void {
  test('the last value set is read by every connection', async () => {
    await using pair = await open()
    expect(await pair.first.settings.get('progress')).toBeUndefined()
    await pair.first.settings.set('progress', '1')
    await pair.second.settings.set('progress', '')
    expect(await pair.first.settings.get('progress')).toBe('')
  })

  test.each([`it's "quoted"`, '$where', 'a.b', '{"json":true}', 'ünï – 航班', '%_'])(
    '%s is a name and a value like any other',
    async (text) => {
      await using pair = await open()
      await pair.first.settings.set(text, text)
      expect(await pair.second.settings.get(text)).toBe(text)
      expect(await pair.second.settings.get(`${text}x`)).toBeUndefined()
    },
  )
}

function describeLeases(open: OpenPair): void {
  const request = { name: 'relay', owner: 'a', now: NOON, ttl: 100 }

  test('one holds it until its time is over or it lets go', async () => {
    await using pair = await open()
    const [first, second] = [pair.first.leases, pair.second.leases]
    expect(await first.acquire(request)).toBe(true)
    expect(await second.acquire({ ...request, owner: 'b', now: NOON + 99 })).toBe(false)
    expect(await second.acquire({ ...request, name: 'other', owner: 'b' })).toBe(true)
    expect(await second.acquire({ ...request, owner: 'b', now: NOON + 100 })).toBe(true)
    expect(await first.acquire({ ...request, now: NOON + 101 })).toBe(false)
    await second.release('relay', 'b')
    expect(await first.acquire({ ...request, now: NOON + 102 })).toBe(true)
  })

  test('its holder renews it', async () => {
    await using pair = await open()
    await pair.first.leases.acquire(request)
    expect(await pair.first.leases.acquire({ ...request, now: NOON + 50 })).toBe(true)
    expect(await pair.second.leases.acquire({ ...request, owner: 'b', now: NOON + 120 })).toBe(false)
    expect(await pair.second.leases.acquire({ ...request, owner: 'b', now: NOON + 150 })).toBe(true)
  })

  test('only its holder lets it go', async () => {
    await using pair = await open()
    await pair.first.leases.acquire(request)
    await pair.second.leases.release('relay', 'b')
    await pair.second.leases.release('nothing', 'a')
    expect(await pair.second.leases.acquire({ ...request, owner: 'b' })).toBe(false)
  })

  test('of many who reach for it at once one gets it, also when it was held before', async () => {
    await using pair = await open()
    for (const now of [NOON, NOON + 100]) {
      const reaching = Array.from({ length: 30 }, (_, index) => {
        const { leases } = index % 2 === 0 ? pair.first : pair.second
        return leases.acquire({ ...request, owner: `${now} ${index}`, now })
      })
      const held = (await Promise.all(reaching)).filter(Boolean)
      expect(held).toHaveLength(1)
    }
  })
}

function describeMailbox(open: OpenPair): void {
  test('a message is kept once, as it came first', async () => {
    await using pair = await open()
    const made = mailboxMessage({ html: '<b>Gate</b> C7' })
    expect(await pair.first.mailbox.put([made])).toEqual([made.id])
    const other = mailboxMessage({ id: 'message-2', channel: 'sms', to: '+12125550101' })
    expect(await pair.second.mailbox.put([{ ...made, text: 'other' }, other, other])).toEqual([other.id])
    expect(await pair.second.mailbox.put([])).toEqual([])
    expect(await pair.first.mailbox.count()).toBe(2)
    expect(await pair.first.mailbox.list({ to: made.to, limit: 10 })).toEqual([made])
  })

  test('the newest are listed first, of all or of one address', async () => {
    await using pair = await open()
    const made = [2, 3, 1].map((at) =>
      mailboxMessage({ id: `m${at}`, at: NOON + at, to: at === 2 ? 'b@example.com' : 'a@example.com' }),
    )
    await pair.first.mailbox.put(made)
    const list = async (query: { to?: string; limit: number }) =>
      (await pair.second.mailbox.list(query)).map(({ id }) => id)
    expect(await list({ limit: 10 })).toEqual(['m3', 'm2', 'm1'])
    expect(await list({ limit: 2 })).toEqual(['m3', 'm2'])
    expect(await list({ to: 'a@example.com', limit: 10 })).toEqual(['m3', 'm1'])
    expect(await list({ to: 'nobody@example.com', limit: 10 })).toEqual([])
  })

  test('tells which ids it knows', async () => {
    await using pair = await open()
    await pair.first.mailbox.put([mailboxMessage()])
    expect(await pair.second.mailbox.known(['message-1', 'message-2'])).toEqual(['message-1'])
    expect(await pair.second.mailbox.known([])).toEqual([])
  })

  test('two senders of the same messages are told of each as new once', async () => {
    await using pair = await open()
    const many = Array.from({ length: 500 }, (_, index) => mailboxMessage({ id: `m${index}` }))
    const added = await Promise.all([pair.first, pair.second].map((stores) => stores.mailbox.put(many)))
    expect(added.flat().sort()).toEqual(many.map(({ id }) => id).sort())
    expect(await pair.first.mailbox.count()).toBe(500)
  })
}

function describeLife(open: OpenPair): void {
  test('answer while they are open and refuse afterwards', async () => {
    await using pair = await open()
    await expect(pair.first.ping()).resolves.toBeUndefined()
    await pair.first.close()
    await expect(pair.first.ping()).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    await expect(pair.first.departures.get('x')).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    await expect(pair.second.ping()).resolves.toBeUndefined()
    await expect(pair.first.close()).resolves.toBeUndefined()
  })
}
