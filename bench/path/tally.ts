/** What a fleet saw of one change. */
export interface Sighting {
  readonly id: string
  /** Sockets that got it. */
  readonly sockets: number
  /** Accepted → last socket, in milliseconds. */
  readonly slowest: number
}

/** What a fleet saw. */
export interface FleetReport {
  readonly sightings: readonly Sighting[]
  /** How many single deliveries took so many milliseconds, by milliseconds. */
  readonly delays: readonly number[]
  /** Seconds of processor time that the fleet has taken. */
  readonly cpu: number
}

/** Notes what sockets receive. */
export interface Tally {
  /** Notes the payload of one message on one socket. */
  note(payload: Buffer): void
  read(): Pick<FleetReport, 'sightings' | 'delays'>
}

interface Count {
  readonly id: string
  readonly at: number
  sockets: number
  slowest: number
}

const LONGEST = 60_000

// The payload is read as text only here, once for all sockets that get the same bytes.
const changePattern = /^\{"op":"departure","departure":\{"id":"([^"]+)".*?"revision":(\d+).*"at":(\d{12,})\}$/s

/** Makes a tally. All sockets get the same bytes, mostly one after the other, so those just read are compared first. */
export function createTally(now: () => number): Tally {
  const counts = new Map<string, Count>()
  const delays = new Array<number>(LONGEST + 1).fill(0)
  const recent: { bytes: Buffer; count: Count | undefined }[] = []
  const find = (payload: Buffer): Count | undefined => {
    const known = recent.find(({ bytes }) => bytes.equals(payload))
    if (known) return known.count
    const count = readChange(payload, counts)
    if (recent.unshift({ bytes: Buffer.from(payload), count }) > 8) recent.pop()
    return count
  }
  return {
    note(payload) {
      const count = find(payload)
      if (!count) return
      const delay = Math.max(0, now() - count.at)
      count.sockets += 1
      count.slowest = Math.max(count.slowest, delay)
      const bucket = Math.min(LONGEST, delay)
      delays[bucket] = (delays[bucket] ?? 0) + 1
    },
    read: () => ({
      sightings: [...counts.values()].map(({ id, sockets, slowest }) => ({ id, sockets, slowest })),
      delays,
    }),
  }
}

function readChange(payload: Buffer, counts: Map<string, Count>): Count | undefined {
  const [, departure, revision, at] = changePattern.exec(payload.toString()) ?? []
  if (departure === undefined) return undefined
  const id = `${departure}:${revision}`
  const count = counts.get(id) ?? { id, at: Number(at), sockets: 0, slowest: 0 }
  counts.set(id, count)
  return count
}
