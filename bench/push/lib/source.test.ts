import { expect, test } from 'vitest'
import { departureFrame } from '../../../backend/push/frames.ts'
import { decodeDepartureChanged } from '../../../src/shared/events/departure-changed.ts'
import { parsePosition } from '../../../src/shared/events/position.ts'
import { createSource } from './source.ts'

const HEADER = 4

test('every server is given the frame that the gateway makes of the event', () => {
  const source = createSource(3)
  // Twice around and more, because the gate goes forth and back.
  for (const { text, event, departure, revision } of source.next(8)) {
    const changed = decodeDepartureChanged(event.value)
    const position = parsePosition(/"position":"([^"]+)"/.exec(text)?.[1] ?? '')
    if (!position) throw new Error('the position is none')
    const frame = departureFrame({ ...changed, position })
    expect(frame.bytes.subarray(HEADER).toString()).toBe(text)
    expect(changed.departure).toMatchObject({ number: String(departure), revision })
    expect(event.id).toBe(`${changed.departure.id}:${revision}`)
  }
})

test('departures change in turn, and the source knows their revisions', () => {
  const source = createSource(3)
  const made = source.next(4).map(({ departure, revision }) => [departure, revision])
  expect(made).toEqual([
    [1, 2],
    [2, 2],
    [3, 2],
    [1, 3],
  ])
  expect(source.revisions()).toEqual([3, 2, 2])
  expect(source.present().map(({ revision }) => revision)).toEqual([3, 2, 2])
})

test('two sources of the same time have the same departures', () => {
  const [first] = createSource(3).departures
  expect(createSource(3, first?.scheduledAt).departures[0]).toEqual(first)
})

test('the present has the gate of the last change', () => {
  const source = createSource(1)
  const [change] = source.next(1)
  const { departure } = decodeDepartureChanged(change?.event.value)
  expect(source.present()[0]?.gate).toBe(departure.gate)
})
