import type { Client } from './client.ts'
import type { Everybody } from './everybody.ts'
import type { Burst } from './frames.ts'
import { descriptorOf, goOn, isOpen, type Link, type LinkTotals, postpone } from './link.ts'
import type { WriteAll } from './write-all.ts'

/** Carries frames that are built once to everybody who gets them. */
export interface Delivery {
  /** To each of the clients that `isMeant` picks; to all without it. */
  toEach(clients: Iterable<Client>, burst: Burst, isMeant?: (client: Client) => boolean): void
  /** To all who follow everything: in groups as they sit, to those who stand as with `toEach`. */
  toEverybody(everybody: Everybody, burst: Burst): void
}

// So many sockets per call; the arrays for it are made once.
const GROUP = 4_096

/** A link that took less than everything. */
interface Late {
  readonly link: Link
  readonly taken: number
}

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

  function writeSeated(everybody: Everybody, burst: Burst): void {
    const numbers = everybody.descriptors()
    const late: Late[] = []
    for (let start = 0; start < numbers.length; start += GROUP) {
      const short = writeAll(numbers.subarray(start, start + GROUP), burst.bytes, taken)
      if (short > 0) late.push(...findLate(everybody.seated.slice(start, start + GROUP), burst))
    }
    totals.sent += numbers.length * burst.count
    // Only now, for whoever is late leaves its seat to another one.
    for (const each of late) goOn(each.link, burst, each.taken)
  }

  function findLate(links: readonly Link[], { bytes }: Burst): readonly Late[] {
    return links.map((link, at) => ({ link, taken: taken[at] ?? 0 })).filter((each) => each.taken < bytes.length)
  }

  return {
    toEach(clients, burst, isMeant) {
      for (const client of clients) if (!isMeant || isMeant(client)) add(client.link, burst)
      writeGroup(burst)
    },
    toEverybody(everybody, burst) {
      // Those who stand come first: whoever leaves a seat because of this burst has got it, and stands only then.
      for (const link of everybody.standing) add(link, burst)
      writeGroup(burst)
      writeSeated(everybody, burst)
      everybody.seatClear()
    },
  }
}
