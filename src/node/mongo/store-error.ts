import { MongoError, MongoServerError } from 'mongodb'
import { FlightlineError } from '../../shared/lib/errors.ts'

const DUPLICATE_KEY = 11000
const OUT_OF_DISK = 14031
const UNAUTHORIZED = 13
const INVALID_DOCUMENT = 121

/** Whether an insertion met a document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}

/** Runs a database call and turns what the driver throws into the store's errors. */
export async function guarded<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof MongoError)) throw error
    // A document that the collection's validator refuses is a defect of ours, and sending it again of no use.
    if (error.code === INVALID_DOCUMENT) throw error
    if (error.code === UNAUTHORIZED) throw new FlightlineError('FL_STORE_RIGHTS', {}, { cause: error })
    if (error.code === OUT_OF_DISK) throw new FlightlineError('FL_STORE_FULL', {}, { cause: error })
    throw new FlightlineError('FL_STORE_UNAVAILABLE', { problem: nameProblem(error) }, { cause: error })
  }
}

/** A name such as `AuthenticationFailed`; the driver's own text may hold addresses and values. */
function nameProblem(error: MongoError): string {
  const codeName = error instanceof MongoServerError ? error.codeName : undefined
  return typeof codeName === 'string' && codeName !== '' ? codeName : error.name
}

/** As {@link guarded}, for every method of a store. */
export function guardAll<Store extends object>(store: Store): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function' || name === 'watch') return member
      return (...values: readonly unknown[]) => guarded(async () => Reflect.apply(member, target, values))
    },
  })
}
