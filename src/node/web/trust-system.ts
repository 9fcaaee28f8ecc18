import * as tls from 'node:tls'
import type { Log } from '../../shared/ports/log.ts'

/**
 * Trusts, besides Node's own list, whatever authorities this machine's administrators trust: an airline signs its
 * servers itself, and Electron's fuses take the variable `NODE_EXTRA_CA_CERTS` away. Holds for every TLS connection of
 * this process that is opened from now on. Node before 22.19 cannot; it keeps its own list.
 */
export function trustSystemAuthorities(logger: Pick<Log, 'warn'>): void {
  if (typeof tls.setDefaultCACertificates !== 'function') return
  try {
    const authorities = new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])
    tls.setDefaultCACertificates([...authorities])
  } catch (err) {
    logger.warn(
      { err },
      'the authorities that this machine trusts cannot be read; only the well-known ones are trusted',
    )
  }
}
