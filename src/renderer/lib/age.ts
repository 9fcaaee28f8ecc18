import { DAY, HOUR, MINUTE } from '../../shared/domain/instant.ts'

/** How old something is, in one unit: `0 s`, `42 s`, `3 min`, `2 h`, `5 d`. A clock that runs behind gives `0 s`. */
export function formatAge(milliseconds: number): string {
  const age = Math.max(0, milliseconds)
  if (age < MINUTE) return `${Math.floor(age / 1000)} s`
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h`
  return `${Math.floor(age / DAY)} d`
}

/** As {@link formatAge}, but with the next smaller unit from an hour on: `2 h 5 min`, `3 d 4 h`. */
export function formatLongAge(milliseconds: number): string {
  const age = Math.max(0, milliseconds)
  if (age < HOUR) return formatAge(age)
  const [whole, rest] = age < DAY ? [HOUR, MINUTE] : [DAY, HOUR]
  const units = whole === HOUR ? ['h', 'min'] : ['d', 'h']
  const left = Math.floor((age % whole) / rest)
  return `${Math.floor(age / whole)} ${units[0]}${left > 0 ? ` ${left} ${units[1]}` : ''}`
}
