/**
 * Whether a browser page of this origin may speak to us: the page of this server, under its public name or the one by
 * which it was asked for, which lets one server be reached by several names. Programs that are no browsers send none.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true
  const parsed = URL.parse(origin)
  if (!parsed || parsed.origin === 'null') return false
  return parsed.origin === URL.parse(publicUrl)?.origin || (host !== undefined && parsed.host === host.toLowerCase())
}
