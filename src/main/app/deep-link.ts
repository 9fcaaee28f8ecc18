import type { Intent } from '../../shared/api/desktop-schemas.ts'
import { isDepartureId } from '../../shared/domain/departure-id.ts'

/** The scheme that the system hands over to this program. */
export const SCHEME = 'flightline'

// The longest departure id is far shorter; whatever is longer was not made by us.
const LONGEST = 200

/**
 * What a link such as `flightline://flight/B6739-2026-11-20-JFK` asks for. It comes from outside, so whatever is not
 * exactly that is nothing.
 */
export function readDeepLink(text: string): Intent | undefined {
  if (text.length > LONGEST) return undefined
  const url = URL.parse(text)
  if (url?.protocol !== `${SCHEME}:` || url.host !== 'flight' || url.search || url.hash || url.username)
    return undefined
  const id = decode(url.pathname.replace(/^\//, '').replace(/\/$/, ''))?.toUpperCase()
  return id !== undefined && isDepartureId(id) ? { type: 'departure', id } : undefined
}

/** The link among the arguments that the system started us with. */
export function findDeepLink(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.toLowerCase().startsWith(`${SCHEME}:`))
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
