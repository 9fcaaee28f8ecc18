import type { Page } from 'playwright'
import { percentile } from '../lib/statistics.ts'

/** Times of one run in milliseconds. */
export interface EditTimes {
  readonly edits: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

// What fits on the screen without scrolling, so that every row exists in both pages.
const ROWS = 12

/**
 * Types gates at one desk, one after the other, and takes the time from Enter there to the gate's cell at the other.
 * @param run - makes the gates of this run its own, so that no cell shows one of an earlier run
 */
export async function timeEdits(
  desks: { readonly from: Page; readonly to: Page },
  run: string,
  edits: number,
): Promise<EditTimes> {
  const rows = (await desks.to.evaluate<string[]>('probe.rows()')).slice(0, ROWS)
  const times: number[] = []
  for (let index = 0; index < edits; index += 1) {
    times.push(await timeEdit(desks, rows[index % rows.length] ?? '', `${run}${index}`))
  }
  const sorted = times.sort((left, right) => left - right)
  return { edits, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: percentile(sorted, 1) }
}

async function timeEdit({ from, to }: { readonly from: Page; readonly to: Page }, row: string, gate: string) {
  const shown = to.evaluate<number>(`probe.shows(${JSON.stringify(row)}, ${JSON.stringify(gate)})`)
  await from.locator(`.ag-row[row-id="${row}"] [col-id="gate"]`).click()
  await from.keyboard.type(gate)
  await from.keyboard.press('Enter')
  const enteredAt = await from.evaluate<number>('probe.enteredAt()')
  const shownAt = await shown
  // The next edit of this departure must be based on this one, which its own desk has by then as well.
  await from.evaluate(`probe.shows(${JSON.stringify(row)}, ${JSON.stringify(gate)})`)
  return shownAt - enteredAt
}
