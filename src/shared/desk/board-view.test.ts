import { describe, expect, test } from 'vitest'
import { idsSince, listenTo, openBoardBench } from '../../testing/fixtures/board-bench.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { DAY, HOUR } from '../domain/instant.ts'

const ID = departure().id

describe('the window of a board', () => {
  test('moves with the clock: what comes near is shown and told, what is long past is forgotten', async () => {
    const near = departure({ id: 'B61-2026-11-24-JFK', scheduledAt: NOON + 4 * DAY })
    const { board, clock } = await openBoardBench([departure(), near])
    const heard = listenTo(board)
    const start = board.position()
    await board.refresh()
    expect(heard).toEqual([])
    clock.advance(2 * DAY)
    await board.refresh()
    expect(heard).toEqual([`+${near.id}`])
    expect(board.get(ID)).toBeDefined()
    expect(idsSince(board, start)).toEqual([`${near.id}:1`])
    clock.advance(DAY)
    await board.refresh()
    expect([...board.all().keys()]).toEqual([near.id])
  })

  test('a departure at its edge stays while it is in view', async () => {
    const { board, clock } = await openBoardBench()
    clock.advance(2 * DAY + HOUR)
    await board.refresh()
    expect(board.get(ID)).toBeDefined()
  })
})
