import type { Session } from 'electron'

/** Schemes that a page may load from: our own files, and what it has made itself. */
const own: ReadonlySet<string> = new Set(['app:', 'data:', 'blob:', 'devtools:'])

/** Loads nothing from elsewhere into any page, encrypted or not (Electron security list, 1); the policy says the same once more. */
export function blockRemoteContent(session: Pick<Session, 'webRequest'>): void {
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !own.has(URL.parse(url)?.protocol ?? '') }))
}
