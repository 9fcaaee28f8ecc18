import { createHash } from 'node:crypto'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { SettingStore } from '../../../src/shared/ports/system-stores.ts'
import type { DayPlan } from '../replay/day-plan.ts'

/** How far a day is filled. */
export interface Filled {
  readonly departures: number
  /** Operational clock when filling began: decides the order, so it must stay the same over restarts. */
  readonly from: Instant
}

/** Remembers how far a day is filled. */
export interface FillProgress {
  /** `undefined` when nothing is known about this very plan. */
  read(): Promise<Filled | undefined>
  write(filled: Filled): Promise<void>
}

/** The notes of one plan. A note about another plan for the same date counts as none. */
export function openFillProgress(settings: SettingStore, plan: DayPlan): FillProgress {
  const setting = `demo-bookings:${plan.date}`
  const seats = plan.departures.map(({ identity, seats: count }) => `${identity.id} ${count}`)
  const fingerprint = createHash('sha256').update(seats.join()).digest('hex').slice(0, 12)
  return {
    async read() {
      const [known, departures, from] = (await settings.get(setting))?.split(':') ?? []
      if (known !== fingerprint || !departures || !from) return undefined
      return { departures: Number(departures), from: Number(from) }
    },
    write: ({ departures, from }) => settings.set(setting, `${fingerprint}:${departures}:${from}`),
  }
}
