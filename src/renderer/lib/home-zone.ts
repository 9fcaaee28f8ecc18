import type { Departure } from '../../shared/domain/departure.ts'

/** The zone in which most departures of the board leave; the screen's own clock shows it. */
export function homeZone(departures: Iterable<Pick<Departure, 'originZone'>>): string | undefined {
  const counts = new Map<string, number>()
  for (const { originZone } of departures) counts.set(originZone, (counts.get(originZone) ?? 0) + 1)
  return [...counts].reduce<readonly [string, number] | undefined>(
    (most, entry) => (most && most[1] >= entry[1] ? most : entry),
    undefined,
  )?.[0]
}
