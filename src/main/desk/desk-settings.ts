import { createHash } from 'node:crypto'
import type { ConnectionSettings } from '../../node/config/settings.ts'

/** As much of the desktop's settings as says where the desk service is. */
export type DeskSettings =
  | { readonly mode: 'embedded' }
  | { readonly mode: 'direct'; readonly connection: ConnectionSettings }
  | { readonly mode: 'served'; readonly serverUrl: string }

/**
 * Names the service that settings lead to, without saying where it is. A sign-in, a remembered board and queued
 * commands belong to one service, and must never be taken to another.
 */
export function nameService(settings: DeskSettings): string {
  if (settings.mode === 'embedded') return 'embedded'
  const address = settings.mode === 'served' ? addressOf(settings.serverUrl) : databaseOf(settings.connection.mongoUrl)
  return `${settings.mode}-${createHash('sha256').update(address).digest('base64url').slice(0, 22)}`
}

/** Neither another password nor another option makes it another database. */
function databaseOf(mongoUrl: string): string {
  return mongoUrl.replace(/^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?/, '').replace(/\?.*$/, '')
}

function addressOf(serverUrl: string): string {
  const url = URL.parse(serverUrl)
  return url ? url.origin + url.pathname.replace(/\/$/, '') : serverUrl
}
