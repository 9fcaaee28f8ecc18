/** What the address of the page asks for. */
export type PageLink =
  | { readonly view: 'start' }
  | { readonly view: 'flight'; readonly id: string }
  | { readonly view: 'confirm' | 'unsubscribe'; readonly token: string }

/**
 * Reads the address. Mails link to `/?confirm=…` and `/?unsubscribe=…`; opening one only shows a button, because mail
 * scanners open links too.
 * @param search - `location.search`
 */
export function readPageLink(search: string): PageLink {
  const query = new URLSearchParams(search)
  for (const view of ['confirm', 'unsubscribe'] as const) {
    const token = query.get(view)
    if (token) return { view, token }
  }
  const id = query.get('flight')
  return id ? { view: 'flight', id } : { view: 'start' }
}

/** The address of a flight's card, or of the start. */
export function flightHref(id?: string): string {
  return id === undefined ? '/' : `/?flight=${encodeURIComponent(id)}`
}
