import { spreadOf } from '../lib/statistics.ts'
import type { AllRun } from './scenarios/all.ts'

const WIDTH = 960
const ROW = 22
const NAME = 110
const PANEL = 280
const TOP = 64

const panels = [
  ['paced', '10 changes/s'],
  ['bursts', 'bursts of 16'],
  ['saturated', 'saturated'],
] as const

/** A picture of deliveries per CPU second at one number of sockets: a bar per server, a panel per load. */
export function drawAll(runs: readonly AllRun[], sockets: number): string {
  const own = runs.filter((run) => run.sockets === sockets)
  const servers = [...new Set(own.map(({ peer }) => peer))]
  const height = TOP + servers.length * ROW + 16
  const names = servers.map((name, at) => label(name, { x: NAME - 8, y: TOP + at * ROW + 15, anchor: 'end' }))
  const bars = panels.flatMap(([load, title], at) => drawPanel({ own, servers, load, title, left: NAME + at * PANEL }))
  const heading = `Thousand deliveries per second of server CPU, ${sockets.toLocaleString('en')} sockets, all follow everything`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>${heading}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    label(heading, { x: 16, y: 24 }),
    ...names,
    ...bars,
    '</svg>\n',
  ].join('\n')
}

interface Panel {
  readonly own: readonly AllRun[]
  readonly servers: readonly string[]
  readonly load: string
  readonly title: string
  readonly left: number
}

function drawPanel({ own, servers, load, title, left }: Panel): readonly string[] {
  const medians = servers.map((server) => {
    const runs = own.filter((run) => run.peer === server && run.load === load)
    return spreadOf(runs.map(({ perCpuSecond }) => perCpuSecond / 1000)).median
  })
  const largest = Math.max(...medians)
  const bars = medians.flatMap((median, at) => {
    const width = Math.round((median / largest) * (PANEL - 70))
    const top = TOP + at * ROW
    const colour = servers[at] === 'flightline' ? '#0b6bcb' : '#9aa5b1'
    const bar = `<rect x="${left}" y="${top + 3}" width="${width}" height="${ROW - 6}" fill="${colour}"/>`
    return [bar, label(Math.round(median).toLocaleString('en'), { x: left + width + 4, y: top + 15 })]
  })
  return [label(title, { x: left, y: TOP - 10 }), ...bars]
}

interface Place {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'end'
}

function label(text: string, { x, y, anchor = 'start' }: Place): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#1f2933">${text}</text>`
}
