import { spreadOf } from '../lib/statistics.ts'
import type { AllRun } from './scenarios/all.ts'
import type { FollowRun } from './scenarios/follow.ts'
import type { KafkaRun } from './scenarios/kafka.ts'
import type { PollRun } from './scenarios/poll.ts'
import type { SlowRun } from './scenarios/slow.ts'
import type { StormRun } from './scenarios/storm.ts'

/** Every single run, by scenario. */
export interface PushRuns {
  readonly all: readonly AllRun[]
  readonly follow: readonly FollowRun[]
  readonly slow: readonly SlowRun[]
  readonly storm: readonly StormRun[]
  readonly poll: readonly PollRun[]
  readonly kafka: readonly KafkaRun[]
}

/** A line of a table. */
export type Row = Readonly<Record<string, string | number>>

/** The tables of all scenarios that were measured, medians with their spread. */
export function summarize(runs: PushRuns): Readonly<Record<string, readonly Row[]>> {
  const { all, follow, slow, storm, poll, kafka } = runs
  return {
    all: byGroup(all, ({ sockets, peer }) => `${sockets} ${peer}`, summarizeAll),
    follow: byGroup(follow, ({ sockets, peer }) => `${sockets} ${peer}`, summarizeFollow),
    slow: byGroup(slow, ({ sockets }) => String(sockets), summarizeSlow),
    storm: byGroup(storm, ({ sockets }) => String(sockets), summarizeStorm),
    poll: byGroup(poll, ({ changesPerSecond }) => String(changesPerSecond), summarizePoll),
    kafka: byGroup(kafka, ({ sockets }) => `${sockets.all} ${sockets.few}`, summarizeKafka),
  }
}

/** A table as Markdown has it. */
export function toMarkdown(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {})
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(names), line(names.map(() => '---')), ...rows.map((row) => line(Object.values(row)))].join('\n')
}

function byGroup<T>(runs: readonly T[], keyOf: (run: T) => string, summarizeOne: (group: readonly T[]) => Row) {
  return [...Map.groupBy(runs, keyOf).values()].map(summarizeOne)
}

/** Thousand deliveries per CPU second for each load. A server that falls behind its pace batches, so the pace is shown. */
function summarizeAll(runs: readonly AllRun[]): Row {
  const show = (load: string, read: (run: AllRun) => number) =>
    text(
      runs.filter((run) => run.load === load),
      read,
    )
  const speed = ({ perCpuSecond }: AllRun) => perCpuSecond / 1000
  return {
    sockets: runs[0]?.sockets ?? 0,
    server: runs[0]?.peer ?? '',
    '10 changes/s': show('paced', speed),
    'bursts of 16': show('bursts', speed),
    saturated: show('saturated', speed),
    'p99 at 10/s, ms': show('paced', ({ p99 }) => p99),
    'changes/s kept up with': show('paced', ({ rate }) => rate),
    'kB/socket': text(runs, ({ memoryPerSocket }) => memoryPerSocket),
    missing: sum(runs, ({ missing }) => missing),
    wrong: sum(runs, ({ stale, back }) => stale + back),
  }
}

function summarizeFollow(runs: readonly FollowRun[]): Row {
  return {
    sockets: runs[0]?.sockets ?? 0,
    server: runs[0]?.peer ?? '',
    processes: runs[0]?.servers ?? 0,
    'thousand deliveries/CPU s': text(runs, ({ perCpuSecond }) => perCpuSecond / 1000),
    cores: text(runs, ({ cores }) => cores.servers),
    'p50, ms': text(runs, ({ p50 }) => p50),
    'p99, ms': text(runs, ({ p99 }) => p99),
    'kB/socket': text(runs, ({ memoryPerSocket }) => memoryPerSocket),
    missing: sum(runs, ({ missing }) => missing),
    wrong: sum(runs, ({ stale, back }) => stale + back),
  }
}

function summarizeSlow(runs: readonly SlowRun[]): Row {
  return {
    sockets: runs[0]?.sockets ?? 0,
    'p99 all reading, ms': text(runs, ({ p99 }) => p99.before),
    'p99 of the others, ms': text(runs, ({ p99 }) => p99.during),
    'RSS, MB, all reading': text(runs, ({ memory }) => memory.before / 1024),
    'RSS, MB': text(runs, ({ memory }) => memory.during / 1024),
    'held kB per slow socket': text(runs, ({ heldPerSlowSocket }) => heldPerSlowSocket),
    'queued kB per slow socket': text(runs, ({ queuedPerSlowSocket }) => queuedPerSlowSocket),
    'present again after, ms': text(runs, ({ recovered }) => recovered),
    wrong: sum(runs, ({ stale, back }) => stale + back),
  }
}

function summarizeStorm(runs: readonly StormRun[]): Row {
  const count = ({ refusals }: StormRun, from: number) =>
    refusals.filter(([status]) => status >= from).reduce((total, [, times]) => total + times, 0)
  return {
    sockets: runs[0]?.sockets ?? 0,
    'of them follow all': runs[0]?.followingAll ?? 0,
    'listening after, ms': text(runs, ({ started }) => started),
    'all present after, ms': text(runs, ({ recovered }) => recovered),
    'peak of steady memory': text(runs, ({ peak }) => peak),
    'told to wait': text(runs, (run) => count(run, 400) - count(run, 500)),
    '5xx': sum(runs, (run) => count(run, 500)),
    wrong: sum(runs, ({ stale, back }) => stale + back),
  }
}

function summarizePoll(runs: readonly PollRun[]): Row {
  const other = ({ statuses }: PollRun) => statuses.filter(([status]) => status !== 200 && status !== 304)
  return {
    clients: runs[0]?.clients ?? 0,
    'changes/s': runs[0]?.changesPerSecond ?? 0,
    'answers/s': text(runs, ({ answers }) => answers),
    cores: text(runs, ({ cores }) => cores),
    'p50, ms': text(runs, ({ p50 }) => p50),
    'p99, ms': text(runs, ({ p99 }) => p99),
    wrong: sum(runs, (run) => run.failed + other(run).reduce((total, [, times]) => total + times, 0)),
  }
}

function summarizeKafka(runs: readonly KafkaRun[]): Row {
  return {
    'follow all': runs[0]?.sockets.all ?? 0,
    'follow 1–3': runs[0]?.sockets.few ?? 0,
    'changes/s': text(runs, ({ produced }) => produced),
    'taken in/s': text(runs, ({ taken }) => taken),
    'greatest lag, records': text(runs, ({ lag }) => lag.records),
    'greatest lag, ms': text(runs, ({ lag }) => lag.milliseconds),
    'cores: gateway': text(runs, ({ cores }) => cores.gateway),
    'broker + producer': text(runs, ({ cores }) => cores.broker + cores.producer),
    generators: text(runs, ({ cores }) => cores.generators),
    'thousand deliveries/s': text(runs, ({ deliveries }) => deliveries / 1000),
    'conflated, %': text(runs, ({ conflated }) => conflated * 100),
    'p50 / p99 all, ms': `${text(runs, ({ delay }) => delay.all.p50)} / ${text(runs, ({ delay }) => delay.all.p99)}`,
    'p50 / p99 1–3, ms': `${text(runs, ({ delay }) => delay.few.p50)} / ${text(runs, ({ delay }) => delay.few.p99)}`,
    'present after the last, ms': text(runs, ({ settled }) => settled),
    'peak MB': text(runs, ({ memory }) => memory / 1024),
    wrong: sum(runs, ({ stale, back }) => stale + back),
  }
}

function sum<T>(runs: readonly T[], read: (run: T) => number): number {
  return runs.reduce((total, run) => total + read(run), 0)
}

function text<T>(runs: readonly T[], read: (run: T) => number): string {
  const { min, median, max } = spreadOf(runs.map(read))
  const show = (value: number) => String(Math.abs(value) < 100 ? Math.round(value * 10) / 10 : Math.round(value))
  return `${show(median)} (${show(min)}–${show(max)})`
}
