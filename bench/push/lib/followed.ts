/**
 * How many sockets follow each departure, by its number; the same rule as `followed_departures` of the generator.
 * @param flights - of each socket, 1 to this many in turn
 */
export function countFollowers(sockets: number, departures: number, flights: number): readonly number[] {
  const counts = new Array<number>(departures + 1).fill(0)
  for (let socket = 0; socket < sockets; socket += 1) {
    for (let at = 0; at <= socket % flights; at += 1) {
      const departure = 1 + ((socket * 7919 + at * 331) % departures)
      counts[departure] = (counts[departure] ?? 0) + 1
    }
  }
  return counts
}
