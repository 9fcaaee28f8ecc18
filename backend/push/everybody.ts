import { descriptorOf, type Link, type Seats } from './link.ts'

/**
 * The sockets that follow everything. Those that may be written to right now are seated: their descriptors stand side by
 * side, so that a burst goes to all of them without a look at each. The others stand until they are seen clear.
 */
export interface Everybody {
  size(): number
  readonly standing: ReadonlySet<Link>
  readonly seated: readonly Link[]
  /** Descriptors of the seated, in their order; good until somebody comes or goes. */
  descriptors(): Int32Array
  add(link: Link): void
  remove(link: Link): void
  /** Seats those of the standing that are clear by now. To be called after a burst has gone to all: once to each of them. */
  seatClear(): void
}

interface Room {
  readonly standing: Set<Link>
  readonly seated: Link[]
  /** At least as many as are seated. */
  numbers: Int32Array
}

const FIRST_ROOM = 64

/** Nobody follows yet. */
export function createEverybody(): Everybody {
  const room: Room = { standing: new Set(), seated: [], numbers: new Int32Array(FIRST_ROOM) }
  const seats: Seats = {
    leave(link) {
      vacate(room, link)
      room.standing.add(link)
    },
  }
  const { standing, seated } = room
  return {
    ...{ standing, seated },
    size: () => standing.size + seated.length,
    descriptors: () => room.numbers.subarray(0, seated.length),
    add(link) {
      if (link.seats) return
      link.seats = seats
      standing.add(link)
    },
    remove(link) {
      if (link.seat >= 0) vacate(room, link)
      standing.delete(link)
      link.seats = undefined
    },
    seatClear() {
      for (const link of standing) if (link.isClear) takeSeat(room, link)
    },
  }
}

function takeSeat(room: Room, link: Link): void {
  const descriptor = descriptorOf(link)
  if (descriptor < 0) return
  const at = room.seated.length
  if (at === room.numbers.length) {
    const larger = new Int32Array(2 * at)
    larger.set(room.numbers)
    room.numbers = larger
  }
  room.numbers[at] = descriptor
  room.seated.push(link)
  link.seat = at
  room.standing.delete(link)
}

/** The last one takes the place that becomes free. */
function vacate({ seated, numbers }: Room, link: Link): void {
  const last = seated.pop()
  if (last && last !== link) {
    seated[link.seat] = last
    numbers[link.seat] = numbers[last.seat] ?? -1
    last.seat = link.seat
  }
  link.seat = -1
}
