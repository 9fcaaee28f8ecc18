// Chromium loads no scheme of ours, so each host of it gets an https host that nothing can answer but main.
const SUFFIX = '.app.stand-in'

/** `app://console/x` → `https://console.app.stand-in/x`; anything else as it is. */
export function toPage(address: string): string {
  return address.replace(/^app:\/\/([^/?#]*)/, `https://$1${SUFFIX}`)
}

/** The way back. */
export function toApp(address: string): string {
  const url = URL.parse(address)
  return url?.host.endsWith(SUFFIX)
    ? address.replace(url.origin, `app://${url.host.slice(0, -SUFFIX.length)}`)
    : address
}
