import type { DepartureId } from '../../src/shared/domain/departure-id.ts'

/** Which departures are to be looked at for external edits. */
export interface Suspects {
  /** Adds departures; all of them when it is not known which. */
  add(departures: readonly DepartureId[] | undefined): void
  /** Those added since the last call; `undefined` means all, also when none was added. */
  take(): readonly DepartureId[] | undefined
}

/** Collects what the hints of a store name. Begins with all, since nobody watched before. */
export function createSuspects(): Suspects {
  let named: Set<DepartureId> | undefined
  return {
    add(departures) {
      if (!departures) named = undefined
      else for (const id of departures) named?.add(id)
    },
    take() {
      const taken = named && named.size > 0 ? [...named] : undefined
      named = new Set()
      return taken
    },
  }
}
