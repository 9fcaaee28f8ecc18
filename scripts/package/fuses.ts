import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { parse } from 'yaml'
import { z } from 'zod'

/** Fuses by the names of electron-builder, and whether each is on. */
export type Fuses = Readonly<Record<string, boolean>>

const configuration = z.object({ electronFuses: z.record(z.string(), z.boolean()) })

/** What the configuration asks for. */
export function wantedFuses(root: string): Fuses {
  return configuration.parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))).electronFuses
}

/**
 * Which of the wanted fuses are otherwise in a packaged program, one line each.
 * @param program - the executable, or the `.app` of macOS
 */
export async function differingFuses(program: string, wanted: Fuses): Promise<readonly string[]> {
  const wire: Readonly<Record<number, unknown>> = { ...(await getCurrentFuseWire(program)) }
  return Object.entries(wanted)
    .filter(([name, isOn]) => wire[positionOf(name)] !== (isOn ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([name, isOn]) => `${name} is not ${isOn ? 'on' : 'off'}`)
}

/** electron-builder writes `runAsNode` for what Electron calls `RunAsNode`. */
function positionOf(name: string): number {
  const electronName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const found = Object.entries(FuseV1Options).find(([key]) => key === electronName)?.[1]
  if (typeof found !== 'number') throw new RangeError(`Electron has no fuse ${electronName}`)
  return found
}
