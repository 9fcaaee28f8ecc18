import { expect, test } from 'vitest'
import { eventually } from '../../../testing/fixtures/eventually.ts'
import { repeatWhileVisible } from './repeat-while-visible.ts'

/** A page that a test hides and shows. */
function openPage() {
  const target = new EventTarget()
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState, // it changes
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    turn(state: DocumentVisibilityState) {
      page.visibilityState = state
      target.dispatchEvent(new Event('visibilitychange'))
    },
  }
  return page
}

test('something is done again and again, one after the other, until the end', async () => {
  let [begun, under, most] = [0, 0, 0]
  const end = repeatWhileVisible(openPage(), 1, async () => {
    begun += 1
    under += 1
    most = Math.max(most, under)
    await new Promise((resolve) => setTimeout(resolve, 2))
    under -= 1
  })
  await eventually(() => begun >= 3)
  end()
  await eventually(() => under === 0)
  const done = begun
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([begun, most]).toEqual([done, 1])
})

test('nothing is done while the page is hidden, and at once when it is shown again', async () => {
  const page = openPage()
  const signals: AbortSignal[] = []
  const end = repeatWhileVisible(page, 60_000, async (ended) => void signals.push(ended))
  expect(signals).toHaveLength(1)
  page.turn('hidden')
  expect(signals[0]?.aborted).toBe(true)
  page.turn('visible')
  expect(signals).toHaveLength(2)
  expect(signals[1]?.aborted).toBe(false)
  page.turn('visible')
  expect(signals).toHaveLength(2)
  end()
  page.turn('visible')
  expect(signals).toHaveLength(2)
})

test('a page that is hidden from the beginning waits until it is shown', () => {
  const page = openPage()
  page.turn('hidden')
  let count = 0
  const end = repeatWhileVisible(page, 60_000, async () => {
    count += 1
  })
  expect(count).toBe(0)
  page.turn('visible')
  expect(count).toBe(1)
  end()
})
