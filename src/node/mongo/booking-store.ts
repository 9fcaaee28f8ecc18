import type { Collection } from 'mongodb'
import { z } from 'zod'
import type { Booking } from '../../shared/domain/passenger.ts'
import type { BookingStore } from '../../shared/ports/passenger-stores.ts'

/** A document of `bookings` as `contract.md` describes it; the airline's own system may have written it. */
export type BookingDocument = Omit<Booking, 'id'> & { readonly _id: string }

const text = z.string().nullish()

// What others write may lack what we always write, and may hold nulls; a booking without a name can still be told.
const documentSchema = z.object({
  _id: z.coerce.string(),
  departureId: z.string(),
  reference: z.string().default(''),
  flightNumberAsBooked: z.string().default(''),
  passenger: z.object({
    name: z.string().default(''),
    language: z.string().default('en'),
    zone: z.string().default('UTC'),
    email: text,
    phone: text,
    emailKey: text,
  }),
  seat: text,
  cabin: text,
  checkedIn: z.boolean().nullish(),
  boarded: z.boolean().nullish(),
  demo: z.boolean().default(false),
})

/** Bookings in `bookings`. */
export function createBookingStore(bookings: Collection<BookingDocument>): BookingStore {
  return {
    async putAll(given) {
      if (given.length === 0) return 0
      const replacements = given.map(({ id, ...rest }) => ({
        replaceOne: { filter: { _id: id }, replacement: { ...rest }, upsert: true },
      }))
      const { upsertedCount } = await bookings.bulkWrite(replacements, { ordered: false })
      return upsertedCount
    },
    async get(id) {
      const found = await bookings.findOne({ _id: id })
      return found ? read(found) : undefined
    },
    async getAll(ids) {
      return (await bookings.find({ _id: { $in: [...ids] } }).toArray()).flatMap((found) => read(found) ?? [])
    },
    async listByDeparture(departureId, { after, limit }) {
      const filter = { departureId, ...(after !== undefined && { _id: { $gt: after } }) }
      // One more than asked for tells whether there is a next page.
      const found = await bookings
        .find(filter)
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray()
      const shown = found.slice(0, limit)
      const items = shown.flatMap((document) => read(document) ?? [])
      const last = shown.at(-1)
      return last && found.length > limit ? { items, next: last._id } : { items }
    },
    countByDepartures: (departureIds) => bookings.countDocuments({ departureId: { $in: [...departureIds] } }),
    count: () => bookings.estimatedDocumentCount(),
  }
}

/** A document that is no booking at all is passed over: one broken row must not keep a flight's notice from all others. */
function read(document: unknown): Booking | undefined {
  const parsed = documentSchema.safeParse(document)
  if (!parsed.success) return undefined
  const { _id: id, passenger, ...rest } = parsed.data
  return present({ id, ...rest, passenger: present(passenger) })
}

type Present<T> = { [Name in keyof T as null extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as null extends T[Name] ? Name : never]?: NonNullable<T[Name]>
}

function present<T extends object>(values: T): Present<T> {
  // Reason for the cast: dropping null and undefined members is exactly what Present says.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null)) as Present<T>
}
