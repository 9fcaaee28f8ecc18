import type { Client } from './client.ts'
import type { Burst } from './frames.ts'
import { descriptorOf, goOn, isOpen, type Link, type LinkTotals, postpone } from './link.ts'
import type { WriteAll } from './write-all.ts'

/** Carries frames that are built once to everybody who gets them. */
export interface Delivery {
  /** To each of the clients that `isMeant` picks; to all without it. */
  toEach(clients: Iterable<Client>, burst: Burst, isMeant?: (client: Client) => boolean): void
}

// So many sockets per call; the arrays for it are made once.
const GROUP = 4_096

/** Sockets that have nothing waiting are written to in groups; for the others it waits in the backlog. */
export function createDelivery(writeAll: WriteAll, totals: LinkTotals): Delivery {
  const descriptors = new Int32Array(GROUP)
  const taken = new Int32Array(GROUP)
  const links: Link[] = []

  function writeGroup(burst: Burst): void {
    const count = links.length
    if (count === 0) return
    try {
      const short = writeAll(count === GROUP ? descriptors : descriptors.subarray(0, count), burst.bytes, taken)
      totals.sent += count * burst.count
      // Mostly everybody takes everything, and then nothing is left to do.
      if (short > 0) for (const [at, link] of links.entries()) goOn(link, burst, taken[at] ?? 0)
    } finally {
      // Whatever happened: the next burst must not go to descriptors that may be others' by then.
      links.length = 0
    }
  }

  function add(link: Link, burst: Burst): void {
    if (!link.isClear && !isOpen(link)) return
    if (link.isBehind) {
      postpone(link, burst.count)
      return
    }
    descriptors[links.length] = descriptorOf(link)
    links.push(link)
    if (links.length === GROUP) writeGroup(burst)
  }

  return {
    toEach(clients, burst, isMeant) {
      for (const client of clients) if (!isMeant || isMeant(client)) add(client.link, burst)
      writeGroup(burst)
    },
  }
}
