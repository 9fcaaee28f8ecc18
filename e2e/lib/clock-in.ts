/** A moment, or one some minutes later, as an American airport shows it. */
export function clockIn(zone: string, at: string, minutesLater = 0): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
  return format.format(Date.parse(at) + minutesLater * 60_000)
}
