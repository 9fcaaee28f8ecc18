import { FlightlineError } from '../../../shared/lib/errors.ts'

/**
 * The address of a server as a person gives it, ready to be resolved against: with a slash at its end, and without the
 * console's own path, since that is what people copy from their browser.
 * @throws FlightlineError `FL_SERVER_INSECURE` for anything but https, except on this machine itself
 */
export function readServerAddress(text: string): URL {
  const url = URL.parse(text.trim())
  if (!url || !isSecure(url) || url.username !== '' || url.password !== '') {
    throw new FlightlineError('FL_SERVER_INSECURE')
  }
  const path = url.pathname.replace(/(\/console)?\/*$/, '')
  return new URL(`${url.origin}${path}/`)
}

function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/** `URL` has written every form of an IPv4 address as four numbers by now. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
