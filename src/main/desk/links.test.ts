import { expect, test } from 'vitest'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { NOON } from '../../testing/fixtures/departure.ts'
import { createLinks } from './links.ts'

function bench() {
  const clock = manualClock()
  const links = createLinks(clock)
  const seen: unknown[] = []
  const stop = links.onChange(() => seen.push(links.read()))
  return { clock, links, seen, stop }
}

test('both parts are being opened at first', () => {
  expect(bench().links.read()).toEqual({
    store: { status: 'opening', since: NOON },
    log: { status: 'opening', since: NOON },
  })
})

test('a part is in its state since that began, whatever becomes of the reason', () => {
  const { clock, links } = bench()
  clock.advance(1_000)
  links.set('store', 'lost', 'no answer')
  clock.advance(1_000)
  links.set('store', 'lost', 'not authorized')
  expect(links.read().store).toEqual({ status: 'lost', since: NOON + 1_000, message: 'not authorized' })
  links.set('store', 'ok')
  expect(links.read().store).toEqual({ status: 'ok', since: NOON + 2_000 })
})

test('listeners hear of what is new, and of nothing else', () => {
  const { links, seen, stop } = bench()
  links.set('log', 'ok')
  links.set('log', 'ok')
  links.set('store', 'lost', 'no answer')
  links.set('store', 'lost', 'no answer')
  expect(seen).toHaveLength(2)
  stop()
  links.set('store', 'ok')
  expect(seen).toHaveLength(2)
})
