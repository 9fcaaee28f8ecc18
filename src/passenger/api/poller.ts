import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { FlightNotice, Poller } from '../live/live-parts.ts'
import { type Fetch, RequestError, request } from './request.ts'

interface Updates {
  readonly flights: readonly PublicDeparture[]
  readonly cursor: string
}

/**
 * Polls `GET /api/check_updates`: each time from the cursor of the last answer, and with its ETag, so that a quiet
 * minute costs no body.
 * @param notices - the notices that are valid now; a broadcast changes no departure
 */
export function createPoller(fetch: Fetch, notices: () => Promise<readonly FlightNotice[]>): Poller {
  const last: { cursor?: string; url?: string; etag?: string } = {}

  async function ask(): Promise<readonly PublicDeparture[]> {
    const url = `/api/check_updates${last.cursor === undefined ? '' : `?since=${encodeURIComponent(last.cursor)}`}`
    const etag = last.url === url ? last.etag : undefined
    const response = await ofServer(
      fetch(url, { cache: 'no-store', ...(etag && { headers: { 'if-none-match': etag } }) }),
    )
    if (response.status === 304) return []
    const { flights, cursor } = await request<Updates>(async () => response, url)
    Object.assign(last, { cursor, url, etag: response.headers.get('etag') ?? undefined })
    return flights
  }

  return {
    continueFrom(position) {
      last.cursor = position
    },
    async poll() {
      // The notices first: once the cursor has moved, nothing may fail any more, or the flights of this answer are lost.
      const valid = await notices()
      return { flights: await ask(), notices: valid }
    },
  }
}

async function ofServer(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer
  } catch (cause) {
    throw new RequestError('OFFLINE', { cause })
  }
}
