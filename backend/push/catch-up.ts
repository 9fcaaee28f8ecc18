import type { Board } from '../../src/shared/desk/board.ts'
import { formatPosition } from '../../src/shared/events/position.ts'
import type { Client } from './client.ts'

/** A client that asks for what this gateway may not have read yet. */
export interface Ahead {
  readonly client: Pick<Client, 'waits'>
  /** Nobody waits for the answer any more. */
  readonly isGone: () => boolean
  /** Whether this gateway has read as far as the client. */
  readonly isHere: () => boolean
  readonly answer: () => void
}

/** Has clients wait that are ahead of this gateway because they come from one that was quicker. */
export interface CatchUp {
  /**
   * Answers at once, or when the log has arrived where the client already is. After a while it is answered anyway, and
   * has to be told honestly that it did not recover.
   */
  whenHere(ahead: Ahead): void
  /** Forgets all who wait; for when no socket is open any more. */
  close(): void
}

interface Waiting extends Ahead {
  readonly deadline: number
}

interface State {
  readonly board: Pick<Board, 'position'>
  /** In the order of their deadlines, since all have the same patience. */
  readonly waiting: Set<Waiting>
  /** Where the board was when all who wait were looked at. */
  lookedAt: string
  timer: NodeJS.Timeout | undefined
}

// Milliseconds between two looks at whether the log has arrived, and how many answers to one client may wait for it. The
// board tells of changes and not of every record, so it is looked at: once for all, however many wait.
const STEP = 25
const WAITS = 8

// After a restart thousands may be answered by one record; in between the others get their changes.
const ANSWERS_AT_ONCE = 500

/**
 * Nobody waits yet.
 * @param patience - milliseconds that an answer waits at most
 */
export function createCatchUp(board: Pick<Board, 'position'>, patience: number): CatchUp {
  const state: State = { board, waiting: new Set(), lookedAt: '', timer: undefined }
  return {
    whenHere(ahead) {
      if (ahead.isHere() || ahead.client.waits >= WAITS) {
        ahead.answer()
        return
      }
      ahead.client.waits += 1
      state.waiting.add({ ...ahead, deadline: performance.now() + patience })
      state.timer ??= setTimeout(() => step(state), STEP)
    },
    close() {
      clearTimeout(state.timer)
      state.timer = undefined
      state.waiting.clear()
    },
  }
}

function step(state: State): void {
  state.timer = undefined
  const position = formatPosition(state.board.position())
  const hasMoved = position !== state.lookedAt
  try {
    if (answerSome(state, hasMoved)) state.lookedAt = position
  } finally {
    if (state.waiting.size > 0) state.timer = setTimeout(() => step(state), STEP)
  }
}

/**
 * While the board stands still only those are looked at whose patience has ended.
 * @returns whether all were looked at who had to be
 */
function answerSome({ waiting }: State, hasMoved: boolean): boolean {
  const now = performance.now()
  let left = ANSWERS_AT_ONCE
  for (const entry of waiting) {
    const isOver = now >= entry.deadline
    if (!isOver && !hasMoved) return true
    const isGone = entry.isGone()
    if (!isGone && !isOver && !entry.isHere()) continue
    if (left === 0) return false
    left -= 1
    waiting.delete(entry)
    entry.client.waits -= 1
    if (!isGone) entry.answer()
  }
  return true
}
