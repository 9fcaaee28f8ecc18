import type { Measure } from './measure.ts'

/** The table, then every breach as `file:line text`, then one line that says how it stands. */
export function reportMeasures(measures: readonly Measure[]): string {
  const widths = [widest(measures.map(({ name }) => name)), widest(measures.map(({ value }) => value))] as const
  const table = measures.map(({ name, value, target, ok }) => {
    return `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${target}`
  })
  const breaches = measures.flatMap((measure) =>
    measure.breaches.map(({ file, line, text }) => `${file}:${line} ${text}`),
  )
  const missed = measures.filter(({ ok }) => !ok).map(({ name }) => name)
  const verdict = missed.length === 0 ? 'All budgets are met.' : `Budgets missed: ${missed.join('; ')}`
  return [...table, ...breaches, verdict].join('\n')
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length))
}
