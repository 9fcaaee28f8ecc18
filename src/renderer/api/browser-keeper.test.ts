import { describe, expect, test } from 'vitest'
import type { KeptCommand } from '../../shared/api/desktop-schemas.ts'
import { createMemoryStorage } from '../../testing/fixtures/memory-storage.ts'
import { createBrowserKeeper } from './browser-keeper.ts'

const ids = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const kept = (index: number, owner = 'gate'): KeptCommand => ({ commandId: ids(index), owner, text: `text ${index}` })
const idsOf = (commands: readonly KeptCommand[]) => commands.map(({ commandId }) => commandId)

/** A browser whose pages share one storage; their locks are those of this process. */
function createBrowser() {
  const storage = createMemoryStorage()
  return {
    storage,
    open(limit?: number) {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>()
      const page = crypto.randomUUID()
      const keeper = createBrowserKeeper({ storage, locks: navigator.locks, page, ended, ...(limit && { limit }) })
      return { ...keeper, end }
    },
  }
}

test('what a page that has ended left behind is claimed by the next one, in its order', async () => {
  const browser = createBrowser()
  const first = browser.open()
  for (const index of [3, 1, 2]) await first.keep(kept(index))
  first.end()
  const next = browser.open()
  expect(await next.claim('gate')).toEqual([kept(3), kept(1), kept(2)])
})

test('what an open page holds is left to it', async () => {
  const browser = createBrowser()
  const first = browser.open()
  await first.keep(kept(1))
  expect(await browser.open().claim('gate')).toEqual([])
  expect(idsOf(await first.claim('gate'))).toEqual([ids(1)])
})

test('of two pages that claim at once only one gets a command', async () => {
  const browser = createBrowser()
  const first = browser.open()
  await first.keep(kept(1))
  first.end()
  const claims = await Promise.all([browser.open().claim('gate'), browser.open().claim('gate')])
  expect(claims.map(({ length }) => length).sort()).toEqual([0, 1])
})

test('nobody gets the commands of somebody else', async () => {
  const browser = createBrowser()
  const page = browser.open()
  await page.keep(kept(1, 'ops'))
  expect(await page.claim('gate')).toEqual([])
  expect(idsOf(await page.claim('ops'))).toEqual([ids(1)])
})

test('what is forgotten does not come back, and forgetting twice is no error', async () => {
  const page = createBrowser().open()
  await page.keep(kept(1))
  await page.forget(ids(1))
  await page.forget(ids(1))
  expect(await page.claim('gate')).toEqual([])
})

test('the same id again replaces what was kept, in its place', async () => {
  const page = createBrowser().open()
  await page.keep(kept(1))
  await page.keep(kept(2))
  await page.keep({ ...kept(1), text: 'newer' })
  expect((await page.claim('gate')).map(({ text }) => text)).toEqual(['newer', 'text 2'])
})

describe('keeping is refused', () => {
  test('beyond the limit of one person, in words, while others still may', async () => {
    const page = createBrowser().open(2)
    await page.keep(kept(1))
    await page.keep(kept(2))
    await expect(page.keep(kept(3))).rejects.toMatchObject({ code: 'FL_COMMANDS_FULL' })
    await page.keep({ ...kept(2), text: 'known already' })
    await page.keep(kept(4, 'ops'))
    expect(await page.claim('gate')).toHaveLength(2)
  })

  test('when the storage is full', async () => {
    const browser = createBrowser()
    const page = browser.open()
    browser.storage.capacity = 100
    await expect(page.keep(kept(1))).rejects.toThrow('full')
    expect(await page.claim('gate')).toEqual([])
  })
})

test('what others put into the storage is neither claimed nor touched', async () => {
  const browser = createBrowser()
  const strange = [
    ['flightline.command.broken', '{'],
    ['flightline.command.other', '{"page":"x"}'],
    ['flightline.time-mode', 'utc'],
  ] as const
  for (const [key, value] of strange) browser.storage.setItem(key, value)
  const page = browser.open()
  expect(await page.claim('gate')).toEqual([])
  expect(strange.map(([key]) => browser.storage.getItem(key))).toEqual(strange.map(([, value]) => value))
})
