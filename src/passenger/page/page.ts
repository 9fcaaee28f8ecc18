import type { Announcement } from '../lib/announcement.ts'
import type { ClockReading } from '../lib/operational-clock.ts'
import type { PageLink } from '../lib/page-link.ts'
import type { Places } from '../lib/place-name.ts'
import type { Store } from '../lib/store.ts'
import type { Text } from '../lib/text.ts'
import type { Connection } from '../live/connection.ts'
import type { EmailForm } from './email-form.ts'
import type { FlightBoard } from './flight-board.ts'
import type { Histories } from './histories.ts'
import type { LinkAction } from './link-action.ts'
import type { Search } from './search.ts'

/** Everything that components show and do. They hold no state of their own but what is being typed. */
export interface Page {
  readonly text: Text
  readonly link: Store<PageLink>
  readonly places: Store<Places>
  readonly board: FlightBoard
  readonly boarding: Store<readonly string[]>
  readonly followed: Store<readonly string[]>
  readonly search: Search
  readonly history: Histories
  readonly email: EmailForm
  readonly connection: Store<Connection>
  readonly clock: Store<ClockReading | undefined>
  /** Our clock, moved every few seconds for what counts in minutes. */
  readonly now: Store<number>
  readonly announcement: Store<Announcement | undefined>
  readonly linkAction: LinkAction | undefined
  /** Shows a flight, or the start, and puts it into the browser's history. */
  open(id?: string): void
  toggleFollowed(id: string): void
  /** The address changed by the browser's own buttons. */
  navigated(search: string): void
  wake(): void
}
