import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** What the executable was called with. */
export interface CommandLine {
  /** Folder of the program that is run. */
  readonly appPath: string
  /** What the program sees as `process.argv`. */
  readonly argv: readonly string[]
  readonly switches: ReadonlyMap<string, string>
  /** A test drives this process: nothing starts before it says so. */
  readonly isDriven: boolean
}

const manifest = z.object({
  name: z.string(),
  productName: z.string().optional(),
  version: z.string(),
  main: z.string(),
})

/** Takes Electron's arguments apart: switches for Chromium, then the program, then what is the program's own. */
export function parseCommandLine(args: readonly string[], executable: string): CommandLine {
  const at = args.findIndex((argument) => !argument.startsWith('-'))
  const switches = new Map(args.filter((argument) => argument.startsWith('--')).map(parseSwitch))
  const app = args[at]
  if (app === undefined) throw new Error('the stand-in for Electron needs a program to run, such as "."')
  return {
    appPath: resolve(app),
    argv: [executable, ...args],
    switches,
    isDriven: switches.has('inspect') && switches.has('remote-debugging-port'),
  }
}

function parseSwitch(argument: string): readonly [string, string] {
  const [name = '', ...value] = argument.slice(2).split('=')
  return [name, value.join('=')]
}

/** The manifest of the program that is run. */
export function readManifest(appPath: string): z.output<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')))
}
