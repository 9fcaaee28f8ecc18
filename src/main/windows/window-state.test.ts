import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeWindow } from './window-state.ts'

const laptop = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } }
const desk = { id: 2, workArea: { x: 1440, y: 0, width: 2560, height: 1400 } }
const onDesk = { x: 1500, y: 50, width: 1800, height: 1200 }
const state = { display: 2, bounds: { 2: onDesk, 1: { x: 10, y: 30, width: 1000, height: 700 } } }

test('the first window stands in the middle of the first display', () => {
  expect(placeWindow(undefined, [desk, laptop])).toEqual({ x: 1440 + 560, y: 250, width: 1440, height: 900 })
  expect(placeWindow(undefined, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 })
})

test('a window comes back to its display as it was there', () => {
  expect(placeWindow(state, [laptop, desk])).toEqual(onDesk)
})

test('without its display it takes the place that it had on the first one', () => {
  expect(placeWindow(state, [laptop])).toEqual({ x: 10, y: 30, width: 1000, height: 700 })
  expect(placeWindow({ display: 2, bounds: { 2: onDesk } }, [laptop])).toEqual({
    x: 0,
    y: 25,
    width: 1440,
    height: 875,
  })
})

test('whatever was kept and whatever displays there are, the window lies within a work area', () => {
  const number = fc.integer({ min: -5000, max: 5000 })
  const size = fc.integer({ min: 1, max: 6000 })
  const rectangle = fc.record({ x: number, y: number, width: size, height: size })
  const displays = fc.array(fc.record({ id: fc.integer({ min: 1, max: 3 }), workArea: rectangle }), {
    minLength: 1,
    maxLength: 3,
  })
  const kept = fc.record({
    display: fc.integer({ min: 1, max: 3 }),
    bounds: fc.dictionary(fc.constantFrom('1', '2', '3'), rectangle),
  })
  fc.assert(
    fc.property(kept, displays, (given, all) => {
      const { x, y, width, height } = placeWindow(given, all)
      return all.some(
        ({ workArea: area }) =>
          x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height,
      )
    }),
  )
})
