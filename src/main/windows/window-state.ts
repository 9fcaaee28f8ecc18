import { z } from 'zod'
import { windowPurposeSchema } from '../../shared/api/desktop-schemas.ts'

const rectangleSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A part of the desktop, in pixels of its own scale. */
export type Rectangle = z.output<typeof rectangleSchema>

/** What is kept of a window over restarts. */
export const windowStateSchema = z.object({
  purpose: windowPurposeSchema,
  /** The display it was on. */
  display: z.number(),
  /** Its normal bounds, by the display on which it had them: whoever moves it to the other one finds it as it was there. */
  bounds: z.record(z.string(), rectangleSchema),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
})

/** What is kept of a window. */
export type WindowState = z.output<typeof windowStateSchema>

/** A display as Electron's `screen` tells of it. */
export interface Display {
  readonly id: number
  readonly workArea: Rectangle
}

const WANTED = { width: 1440, height: 900 }

/** Less of a window cannot be worked with. */
export const LEAST = { width: 960, height: 600 }

/**
 * Where a window goes: onto its display where it is there, else onto the first, as it was there or in its middle; always
 * within the work area, since displays change their size as well.
 * @param displays - at least one; the primary one first
 */
export function placeWindow(
  state: Pick<WindowState, 'display' | 'bounds'> | undefined,
  displays: readonly Display[],
): Rectangle {
  const display = displays.find(({ id }) => id === state?.display) ?? displays[0]
  if (!display) throw new Error('a desktop has one display at least')
  const kept = state?.bounds[display.id]
  return kept ? keepWithin(kept, display.workArea) : centred(display.workArea)
}

function keepWithin({ x, y, width, height }: Rectangle, area: Rectangle): Rectangle {
  const size = { width: Math.min(width, area.width), height: Math.min(height, area.height) }
  return {
    x: between(x, area.x, area.x + area.width - size.width),
    y: between(y, area.y, area.y + area.height - size.height),
    ...size,
  }
}

function centred(area: Rectangle): Rectangle {
  const width = Math.min(WANTED.width, area.width)
  const height = Math.min(WANTED.height, area.height)
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  }
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
