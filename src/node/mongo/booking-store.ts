import type { Collection } from 'mongodb'
import { z } from 'zod'
import type { Booking } from '../../shared/domain/passenger.ts'
import type { BookingStore } from '../../shared/ports/passenger-stores.ts'
import { afterPlace, formatPlace, rawIdSchema, readId, withIds } from './booking-id.ts'

/** A document of `bookings` as `contract.md` describes it; the airline's own system may have written it. */
export type BookingDocument = Omit<Booking, 'id'> & { readonly _id: z.output<typeof rawIdSchema> }

// What cannot be read of a booking is as good as absent: a phone number of the wrong type must not cost the e-mail.
const optional = z.string().nullish().catch(undefined)
const text = (fallback: string) => optional.transform((given) => given ?? fallback)
const flag = z.boolean().nullish().catch(undefined)

// What others write may lack what we always write, and may hold nulls; a booking without a name can still be told.
const documentSchema = z.object({
  _id: rawIdSchema.transform(readId),
  departureId: z.string(),
  reference: text(''),
  flightNumberAsBooked: text(''),
  passenger: z.object({
    name: text(''),
    language: text('en'),
    zone: text('UTC'),
    email: optional,
    phone: optional,
    emailKey: optional,
  }),
  seat: optional,
  cabin: optional,
  checkedIn: flag,
  boarded: flag,
  demo: flag.transform((given) => given ?? false),
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
      const found = await bookings.findOne(withIds([id]))
      return found ? read(found) : undefined
    },
    async getAll(ids) {
      return (await bookings.find(withIds(ids)).toArray()).flatMap((found) => read(found) ?? [])
    },
    async listByDeparture(departureId, { after, limit }) {
      const filter = { departureId, ...(after !== undefined && afterPlace(after)) }
      // One more than asked for tells whether there is a next page.
      const found = await bookings
        .find(filter)
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray()
      const shown = found.slice(0, limit)
      const items = shown.flatMap((document) => read(document) ?? [])
      const last = shown.at(-1)
      return last && found.length > limit ? { items, next: formatPlace(last._id) } : { items }
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
