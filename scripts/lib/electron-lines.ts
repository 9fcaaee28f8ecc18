/** A major version of Electron and the day its support ends. */
export interface ElectronLine {
  readonly major: number
  readonly endOfLife: string
}

/**
 * Electron supports the latest three majors and ends one with each new stable, every eight weeks
 * (https://www.electronjs.org/docs/latest/tutorial/electron-timelines). A line that is missing here counts as ended:
 * whoever bumps the version adds it with the date from that page.
 */
const electronLines: readonly ElectronLine[] = [
  { major: 44, endOfLife: '2027-01-05' },
  { major: 45, endOfLife: '2027-03-02' },
]

/** What is wrong with a pinned version on a day; empty when nothing is. */
export function judgeElectron(version: string, today: string, lines = electronLines): string {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return `electron is "${version}"; pin one exact version.`
  const major = Number(version.split('.')[0])
  const line = lines.find((known) => known.major === major)
  if (!line) return `Electron ${major} is not in scripts/lib/electron-lines.ts; add it with the end of its support.`
  return today >= line.endOfLife
    ? `Electron ${major} has not been looked after since ${line.endOfLife}; go to a newer one.`
    : ''
}
