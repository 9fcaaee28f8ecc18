import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'

/** The addresses that messages lead to. */
export interface Links {
  flight(id: DepartureId): string
  /** A page that asks before it confirms: mail scanners open every link. */
  confirm(token: string): string
  /** As above, for people. */
  unsubscribe(token: string): string
  /** For the mail program's own button: a POST to it ends the subscription (RFC 8058). */
  unsubscribeAtOnce(token: string): string
}

/** Links below the address by which passengers reach us; asked at each use, since the port may be found late. */
export function createLinks(publicUrl: () => string): Links {
  const base = () => publicUrl().replace(/\/+$/, '')
  const page = (name: string, value: string) => `${base()}/?${name}=${encodeURIComponent(value)}`
  return {
    flight: (id) => page('flight', id),
    confirm: (token) => page('confirm', token),
    unsubscribe: (token) => page('unsubscribe', token),
    unsubscribeAtOnce: (token) => `${base()}/api/notifications/unsubscribe?token=${encodeURIComponent(token)}`,
  }
}
