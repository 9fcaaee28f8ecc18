import { readFileSync } from 'node:fs'
import type { NativeImage } from 'electron'
import { expect, test } from 'vitest'
import { trayImageReader } from './read-tray-image.ts'

const PATH = 'resources/icons/tray-ok.png'
/** Where a PNG says how wide it is. */
const WIDTH_AT = 16

function readOn(platform: NodeJS.Platform): readonly unknown[] {
  const read: unknown[] = []
  const keep = (...given: unknown[]) => {
    read.push(...given)
    const image: unknown = {}
    return image as NativeImage // nobody looks into it
  }
  trayImageReader({ createFromPath: keep, createFromBuffer: keep }, platform)(PATH)
  return read
}

test('on a Mac an icon is 16 points wide, sharp on its screens', () => {
  const icon = readFileSync(PATH)
  expect(readOn('darwin')).toEqual([icon, { scaleFactor: 2 }])
  expect(icon.readUInt32BE(WIDTH_AT) / 2).toBe(16)
})

test.each(['linux', 'win32'] as const)('on %s the system fits it in', (platform) => {
  expect(readOn(platform)).toEqual([PATH])
})
