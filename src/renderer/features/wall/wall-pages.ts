/** How long a page stands, in milliseconds: ten rows are read twice in this time. */
export const PAGE_FOR = 12_000

/** What leaves later than that is of no use from across a room. */
const MOST_PAGES = 4

/** Which rows are shown. */
export interface WallPage {
  /** Counted from 0. */
  readonly index: number
  readonly pages: number
  /** Rows that fit. */
  readonly size: number
  /** The first row, and the one after the last. */
  readonly from: number
  readonly to: number
}

/**
 * The page whose turn it is. Pages follow from the time alone, so that all displays of a hall turn at once, and rows
 * that come or go do not set anything back.
 * @param rows - how many there are
 * @param fit - how many fit on the screen; at least one is shown
 * @param time - milliseconds of any clock that the displays share
 */
export function wallPage(rows: number, fit: number, time: number): WallPage {
  const size = Math.max(1, Math.floor(fit))
  const pages = Math.max(1, Math.min(MOST_PAGES, Math.ceil(rows / size)))
  const index = Math.floor(time / PAGE_FOR) % pages
  return { index, pages, size, from: index * size, to: Math.min(rows, (index + 1) * size) }
}
