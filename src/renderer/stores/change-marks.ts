import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { ColumnId } from '../lib/changed-columns.ts'

/** Which cells are marked as just changed, and until when (monotonic milliseconds). */
export type Marks = ReadonlyMap<DepartureId, ReadonlyMap<ColumnId, number>>

/** Marks cells; one that is marked already stays so for longer. */
export function addMarks(
  marks: Marks,
  changes: readonly (readonly [DepartureId, readonly ColumnId[]])[],
  until: number,
): Marks {
  const visible = changes.filter(([, columns]) => columns.length > 0)
  if (visible.length === 0) return marks
  const next = new Map(marks)
  for (const [id, columns] of visible) {
    next.set(id, new Map([...(next.get(id) ?? []), ...columns.map((column) => [column, until] as const)]))
  }
  return next
}

/** Drops marks whose time has come, and names the rows that lost one. */
export function expireMarks(marks: Marks, now: number): { marks: Marks; unmarked: readonly DepartureId[] } {
  const unmarked: DepartureId[] = []
  const next = new Map<DepartureId, ReadonlyMap<ColumnId, number>>()
  for (const [id, columns] of marks) {
    const left = [...columns].filter(([, until]) => until > now)
    if (left.length < columns.size) unmarked.push(id)
    if (left.length > 0) next.set(id, left.length < columns.size ? new Map(left) : columns)
  }
  return unmarked.length > 0 ? { marks: next, unmarked } : { marks, unmarked }
}

/** Whether a cell is marked. */
export function isMarked(marks: Marks, id: DepartureId, column: ColumnId): boolean {
  return marks.get(id)?.has(column) ?? false
}
