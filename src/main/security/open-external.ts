import type { Shell } from 'electron'

/** The product's own pages; the only addresses that are ever handed to the system. */
export const DOCUMENTATION = 'https://flightline.example/docs/'

const origins: ReadonlySet<string> = new Set([new URL(DOCUMENTATION).origin])

/**
 * Opens one of our own addresses in the person's browser (Electron security list, 15). Parsed and compared as an origin:
 * a prefix, a name before `@` or another port would lead elsewhere. Nothing from a store, the log or a page gets here.
 * @returns whether it was one of ours
 */
export async function openOwnPage(shell: Pick<Shell, 'openExternal'>, address: string): Promise<boolean> {
  const url = URL.parse(address)
  if (!url || !origins.has(url.origin) || url.username !== '' || url.password !== '') return false
  await shell.openExternal(url.href)
  return true
}
