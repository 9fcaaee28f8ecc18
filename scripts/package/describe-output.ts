import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the program itself may weigh, beside Electron's 250 MB. A new library that doubles it should be a decision. */
export const ASAR_BUDGET = 25 * 1024 * 1024

const wanted = ['*.{AppImage,deb,rpm,dmg,zip,exe}', '**/app.asar']

/** A line for each installer and archive in the output folder: its name and its size. */
export function describeOutput(folder: string): readonly string[] {
  return wanted
    .flatMap((pattern) => globSync(pattern, { cwd: folder }))
    .map((name) => `${name}: ${describeSize(name, statSync(join(folder, name)).size)}`)
}

function describeSize(name: string, bytes: number): string {
  const size = `${toMegabytes(bytes)} MB`
  return name.endsWith('app.asar') ? `${size} of ${toMegabytes(ASAR_BUDGET)} MB` : size
}

function toMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
