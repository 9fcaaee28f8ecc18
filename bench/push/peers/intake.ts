import type { Board } from '../../../src/shared/desk/board.ts'

/** How far a gateway's board has read its log. */
export interface Intake {
  /** Changes that the board took in since the start. */
  readonly changes: number
  /** Next offset by partition. */
  readonly offsets: readonly number[]
  /** The longest that a change took from its acceptance to the board since this was last asked, in milliseconds. */
  readonly late: number
}

/** Counts what the board takes in. */
export function watchIntake(board: Board): () => Intake {
  let changes = 0
  let late = 0
  board.subscribe({
    changed(taken) {
      const now = Date.now()
      changes += taken.length
      for (const { change } of taken) late = Math.max(late, now - change.at)
    },
  })
  return () => {
    const intake = { changes, offsets: board.position().offsets, late }
    late = 0
    return intake
  }
}
