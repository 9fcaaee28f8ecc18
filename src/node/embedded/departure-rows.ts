import type { Amendment } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { EmbeddedDatabase, Row } from './database.ts'
import { type ExecutedCommand, readCommands } from './departure-commands.ts'
import { type DepartureDocument, readDeparture } from './departure-document.ts'
import { textOf } from './rows.ts'

/** A departure as it is kept: what we accepted, and the document, which others may have edited since. */
export interface StoredDeparture {
  readonly accepted: Departure
  readonly document: DepartureDocument
  /** Both texts are the same: nobody wrote beside us. */
  readonly isUntouched: boolean
  readonly commands: readonly ExecutedCommand[]
}

/** What a write leaves behind. */
interface DepartureWrite {
  readonly accepted: DepartureDocument | Departure
  readonly document: DepartureDocument | Departure
  readonly commands: readonly ExecutedCommand[]
}

/** The statements on departures and their outbox. */
export interface DepartureRows {
  find(id: string): StoredDeparture | undefined
  /** Departures whose document is not what we wrote. */
  edited(): readonly StoredDeparture[]
  insert(departure: Departure, write: DepartureWrite): void
  update(departure: Departure, write: DepartureWrite): void
  countUnpublished(id: string): number
  enqueue(change: Amendment['change'], departure: Departure): void
}

/** Prepares the statements. */
export function createDepartureRows(database: EmbeddedDatabase): DepartureRows {
  const columns = 'accepted, document, commands'
  const find = database.prepare(`SELECT ${columns} FROM departures WHERE id = ?`)
  const edited = database.prepare(`SELECT ${columns} FROM departures WHERE document <> accepted ORDER BY id`)
  const insert = database.prepare(
    'INSERT INTO departures (scheduled_at, revision, accepted, document, commands, id) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const update = database.prepare(
    'UPDATE departures SET scheduled_at = ?, revision = ?, accepted = ?, document = ?, commands = ? WHERE id = ?',
  )
  const count = database.prepare('SELECT count(*) AS count FROM outbox WHERE departure_id = ?')
  const enqueue = database.prepare(
    'INSERT INTO outbox (departure_id, revision, at, change, departure) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    find(id) {
      const row = find.get(id)
      return row && toStored(row)
    },
    edited: () => edited.all().map(toStored),
    insert: (departure, write) => void insert.run(...valuesOf(departure, write)),
    update: (departure, write) => void update.run(...valuesOf(departure, write)),
    countUnpublished: (id) => Number(count.get(id)?.count),
    enqueue(change, departure) {
      const texts = [JSON.stringify(change), JSON.stringify(departure)] as const
      enqueue.run(change.departureId, change.revision, change.at, ...texts)
    },
  }
}

function toStored(row: Row): StoredDeparture {
  const [accepted, document] = [textOf(row, 'accepted'), textOf(row, 'document')]
  return {
    accepted: readDeparture(accepted),
    document: JSON.parse(document),
    isUntouched: accepted === document,
    commands: readCommands(textOf(row, 'commands')),
  }
}

function valuesOf(departure: Departure, { accepted, document, commands }: DepartureWrite) {
  const acceptedText = JSON.stringify(accepted)
  const documentText = document === accepted ? acceptedText : JSON.stringify(document)
  const { scheduledAt, revision, id } = departure
  return [scheduledAt, revision, acceptedText, documentText, JSON.stringify(commands), id] as const
}

/** Outbox rows become entries. */
export function toOutboxEntry(row: Row) {
  return { change: JSON.parse(textOf(row, 'change')), departure: JSON.parse(textOf(row, 'departure')) }
}
