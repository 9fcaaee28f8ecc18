import { EventEmitter } from 'node:events'
import { z } from 'zod'
import { strict } from './strict.ts'

const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A part of the desktop, in pixels. */
export type Rectangle = z.output<typeof rectangle>

const displaySchema = z.object({ id: z.number(), bounds: rectangle })

interface Display extends z.output<typeof displaySchema> {
  readonly workArea: Rectangle
  readonly scaleFactor: number
}

const one = [{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }]
const given = process.env.STAND_IN_DISPLAYS
let displays = toDisplays(given === undefined ? one : JSON.parse(given))

function toDisplays(list: unknown): readonly Display[] {
  return z
    .array(displaySchema)
    .min(1)
    .parse(list)
    .map((display) => ({ ...display, workArea: display.bounds, scaleFactor: 1 }))
}

function shared(left: Rectangle, right: Rectangle): number {
  const width = Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x)
  const height = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y)
  return Math.max(0, width) * Math.max(0, height)
}

function primary(): Display {
  const [first] = displays
  if (!first) throw new Error('a desktop has one display at least')
  return first
}

/** The display that shows most of a rectangle. */
export function displayMatching(bounds: Rectangle): Display {
  return displays.reduce(
    (best, next) => (shared(next.bounds, bounds) > shared(best.bounds, bounds) ? next : best),
    primary(),
  )
}

/** `electron.screen`; displays come from STAND_IN_DISPLAYS or from a test. */
export const screen = strict(
  'screen',
  Object.assign(new EventEmitter(), {
    getAllDisplays: () => [...displays],
    getPrimaryDisplay: primary,
    getDisplayMatching: displayMatching,
    getDisplayNearestPoint: ({ x, y }: { readonly x: number; readonly y: number }) =>
      displayMatching({ x, y, width: 1, height: 1 }),
  }),
)

/** A test plugs displays in or out. */
export function plugDisplays(list: unknown): void {
  const before = displays
  displays = toDisplays(list)
  for (const display of before)
    if (!displays.some(({ id }) => id === display.id)) screen.emit('display-removed', {}, display)
  for (const display of displays)
    if (!before.some(({ id }) => id === display.id)) screen.emit('display-added', {}, display)
}
