import type { Booking } from '../../shared/domain/passenger.ts'
import type { BookingStore } from '../../shared/ports/passenger-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { asList, findDocument, listDocuments } from './rows.ts'
import { inSlices } from './slices.ts'

/** Bookings as documents, found by id and by departure. */
export function createBookingStore(database: EmbeddedDatabase): BookingStore {
  const get = database.prepare('SELECT document FROM bookings WHERE id = ?')
  const getAll = database.prepare(
    'SELECT document FROM bookings WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
  )
  const list = database.prepare('SELECT document FROM bookings WHERE departure_id = ? AND id > ? ORDER BY id LIMIT ?')
  const countOf = database.prepare(
    'SELECT count(*) AS count FROM bookings WHERE departure_id IN (SELECT value FROM json_each(?))',
  )
  const count = database.prepare('SELECT count(*) AS count FROM bookings')
  return {
    putAll: createPutAll(database),
    async get(id) {
      return findDocument<Booking>(get, id)
    },
    async getAll(ids) {
      return listDocuments<Booking>(getAll, asList(ids))
    },
    async listByDeparture(departureId, { after = '', limit }) {
      // One more than asked for tells whether there is a next page.
      const found = listDocuments<Booking>(list, departureId, after, limit + 1)
      const items = found.slice(0, limit)
      const last = items.at(-1)
      return found.length > limit && last ? { items, next: last.id } : { items }
    },
    async countByDepartures(departureIds) {
      return Number(countOf.get(asList(departureIds))?.count)
    },
    async count() {
      return Number(count.get()?.count)
    },
  }
}

function createPutAll(database: EmbeddedDatabase): BookingStore['putAll'] {
  const insert = database.prepare(
    'INSERT INTO bookings (departure_id, document, id) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const update = database.prepare('UPDATE bookings SET departure_id = ?, document = ? WHERE id = ?')
  return async (bookings) => {
    let added = 0
    await inSlices(database, bookings, (booking) => {
      const values = [booking.departureId, JSON.stringify(booking), booking.id] as const
      const isNew = insert.run(...values) > 0
      if (isNew) added += 1
      else update.run(...values)
    })
    return added
  }
}
