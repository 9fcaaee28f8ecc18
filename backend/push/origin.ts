/**
 * Whether a connection may be opened from this origin: the page of this server, under its public name or the one it was
 * asked for by. Programs that are no browsers send none and are welcome, since all that push shows is public.
 */
export function isAllowedOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true
  const parsed = URL.parse(origin)
  if (!parsed || parsed.origin === 'null') return false
  return parsed.origin === URL.parse(publicUrl)?.origin || (host !== undefined && parsed.host === host.toLowerCase())
}
