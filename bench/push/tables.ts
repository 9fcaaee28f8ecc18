import { spreadOf } from '../lib/statistics.ts'
import type { AllRun } from './scenarios/all.ts'
import type { FollowRun } from './scenarios/follow.ts'

/** A line per server and number of sockets: thousand deliveries per CPU second for each load, p99 of the paced one. */
export function summarizeAll(runs: readonly AllRun[]): readonly Record<string, string | number>[] {
  const groups = Map.groupBy(runs, ({ sockets, peer }) => `${sockets} ${peer}`)
  return [...groups.values()].map((group) => {
    const show = (load: string, read: (run: AllRun) => number) =>
      text(
        group.filter((run) => run.load === load),
        read,
      )
    const speed = ({ perCpuSecond }: AllRun) => perCpuSecond / 1000
    return {
      sockets: group[0]?.sockets ?? 0,
      server: group[0]?.peer ?? '',
      paced: show('paced', speed),
      bursts: show('bursts', speed),
      saturated: show('saturated', speed),
      'p99 paced': show('paced', ({ p99 }) => p99),
      'kB/socket': text(group, ({ memoryPerSocket }) => memoryPerSocket),
      wrong: group.reduce((sum, { stale, back }) => sum + stale + back, 0),
    }
  })
}

/** A line per server and number of sockets that follow a few flights each. */
export function summarizeFollow(runs: readonly FollowRun[]): readonly Record<string, string | number>[] {
  const groups = Map.groupBy(runs, ({ sockets, peer }) => `${sockets} ${peer}`)
  return [...groups.values()].map((group) => ({
    sockets: group[0]?.sockets ?? 0,
    server: group[0]?.peer ?? '',
    'k/CPU s': text(group, ({ perCpuSecond }) => perCpuSecond / 1000),
    cores: text(group, ({ cores }) => cores.servers),
    p50: text(group, ({ p50 }) => p50),
    p99: text(group, ({ p99 }) => p99),
    'kB/socket': text(group, ({ memoryPerSocket }) => memoryPerSocket),
    missing: group.reduce((sum, { missing }) => sum + missing, 0),
    wrong: group.reduce((sum, { stale, back }) => sum + stale + back, 0),
  }))
}

function text<T>(runs: readonly T[], read: (run: T) => number): string {
  const { min, median, max } = spreadOf(runs.map(read))
  const shown = (value: number) =>
    Math.abs(value) < 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value))
  return `${shown(median)} (${shown(min)}–${shown(max)})`
}
