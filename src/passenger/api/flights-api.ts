import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { PublicNotice } from '../../shared/api/push-frames.ts'
import type { Places } from '../lib/place-name.ts'
import type { FlightNotice } from '../live/live-parts.ts'
import { type Fetch, post, request } from './request.ts'

/** What a search asks for. */
export interface SearchRequest {
  readonly query: string
  /** ISO 8601: leaves out what was over before. */
  readonly from?: string
  readonly signal: AbortSignal
}

/** A request to be written to. */
export interface EmailRequest {
  readonly flightId: string
  readonly email: string
  readonly language: string
}

type Notice = PublicNotice & { readonly flightIds: readonly string[]; readonly kind: string }

const MOST_FOUND = 60

/** The server's answers to the page's questions. Every method throws `RequestError`. */
export type FlightsApi = ReturnType<typeof createFlightsApi>

/** Binds the questions to a way of asking. */
export function createFlightsApi(fetch: Fetch) {
  const path = (id: string) => `/api/flights/${encodeURIComponent(id)}`
  return {
    async search({ query, from, signal }: SearchRequest): Promise<readonly PublicDeparture[]> {
      const parameters = new URLSearchParams({ q: query, limit: String(MOST_FOUND), ...(from && { from }) })
      const { flights } = await request<{ flights: PublicDeparture[] }>(fetch, `/api/flights?${parameters}`, { signal })
      return flights
    },
    async boarding(limit: number): Promise<readonly PublicDeparture[]> {
      const { flights } = await request<{ flights: PublicDeparture[] }>(
        fetch,
        `/api/flights?status=BOARDING&limit=${limit}`,
      )
      return flights
    },
    flight: (id: string) => request<PublicDeparture>(fetch, path(id)),
    history: (id: string) => request<readonly PublicHistoryEntry[]>(fetch, `${path(id)}/history`),
    places: () => request<Places>(fetch, '/api/places'),
    async notices(): Promise<readonly FlightNotice[]> {
      const { notices } = await request<{ notices: readonly Notice[] }>(fetch, '/update')
      return notices.filter(({ kind }) => kind === 'broadcast').flatMap(toFlightNotices)
    },
    /** The operational clock, for a page that no socket greets. */
    async clock() {
      const { clock } = await request<{ clock: { operational: number; rate: number } }>(fetch, '/health')
      return { now: new Date(clock.operational).toISOString(), rate: clock.rate }
    },
    requestEmails: (body: EmailRequest) => post<unknown>(fetch, '/api/notifications', body),
    confirm: (token: string) => post<{ flightId: string }>(fetch, '/api/notifications/confirm', { token }),
    unsubscribe: (token: string) =>
      post<{ flightId: string }>(fetch, `/api/notifications/unsubscribe?token=${encodeURIComponent(token)}`),
  }
}

function toFlightNotices({ flightIds, id, text, severity, at }: Notice): readonly FlightNotice[] {
  return flightIds.map((flightId) => ({ flightId, notice: { id, text, severity, at } }))
}
