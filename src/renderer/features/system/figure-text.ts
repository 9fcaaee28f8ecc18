const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** `12,345`. */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** Per second: `0/s`, `0.4/s`, `1,250/s`; little is never shown as nothing. */
export function formatRate(rate: number | undefined): string {
  if (rate === undefined) return '–'
  if (rate > 0 && rate < 0.1) return '< 0.1/s'
  return `${(rate < 10 ? short : whole).format(rate)}/s`
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** `0 B`, `3.4 kB`, `182 MB`: thousands, as disks and networks count. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${(value < 10 && unit > 0 ? short : whole).format(value)} ${units[unit] ?? ''}`
}

/** `0.4 ms`, `12 ms`, `1.5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 0.9995) return `${(seconds < 10 ? short : whole).format(seconds)} s`
  const milliseconds = seconds * 1000
  return `${(milliseconds < 9.95 ? short : whole).format(milliseconds)} ms`
}
