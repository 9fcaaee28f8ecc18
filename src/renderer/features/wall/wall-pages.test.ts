import { expect, test } from 'vitest'
import { PAGE_FOR, wallPage } from './wall-pages.ts'

const at = (page: number) => page * PAGE_FOR + 1

test('what fits on the screen stands still', () => {
  for (const turn of [0, 1, 2])
    expect(wallPage(10, 10, at(turn))).toEqual({ index: 0, pages: 1, size: 10, from: 0, to: 10 })
})

test('more than fits is shown in turns, the last page with what is left, and begins anew', () => {
  expect([0, 1, 2, 3].map((turn) => wallPage(23, 10, at(turn)))).toEqual([
    { index: 0, pages: 3, size: 10, from: 0, to: 10 },
    { index: 1, pages: 3, size: 10, from: 10, to: 20 },
    { index: 2, pages: 3, size: 10, from: 20, to: 23 },
    { index: 0, pages: 3, size: 10, from: 0, to: 10 },
  ])
})

test('a long day ends after four pages, so that now is never far', () => {
  expect(wallPage(500, 10, at(3))).toMatchObject({ pages: 4, to: 40 })
  expect(wallPage(500, 10, at(4))).toMatchObject({ index: 0, from: 0 })
})

test('a row that cannot be seen whole is not counted', () => {
  expect(wallPage(20, 9.98, at(0)).to).toBe(9)
})

test('on a screen that holds no row at all one is shown, and an empty board has a page', () => {
  expect(wallPage(3, 0.4, at(1))).toEqual({ index: 1, pages: 3, size: 1, from: 1, to: 2 })
  expect(wallPage(0, 10, at(7))).toEqual({ index: 0, pages: 1, size: 10, from: 0, to: 0 })
})
