import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { Stores } from '../../shared/ports/stores.ts'

/** One fresh, empty store, opened twice over separate connections, as two processes do. */
export interface StorePair extends AsyncDisposable {
  readonly first: Stores
  readonly second: Stores
  readonly external: ExternalWriter
}

/** Another program's access to the documents of departures, beside the store's code. */
export interface ExternalWriter {
  /** Sets members of a departure's document; `undefined` removes one. */
  write(id: DepartureId, members: Readonly<Record<string, unknown>>): Promise<void>
  /** The document as that program sees it. */
  read(id: DepartureId): Promise<Readonly<Record<string, unknown>>>
}

/** Opens a pair for one test; disposing it closes both and removes the data. */
export type OpenPair = () => Promise<StorePair>
