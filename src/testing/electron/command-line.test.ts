import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseCommandLine } from './command-line.ts'

test("Playwright's arguments are taken apart: switches, program, the program's own", () => {
  const args = [
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '--user-data-dir=/x',
    '.',
    'flightline://flight/1',
  ]
  const { appPath, argv, switches, isDriven } = parseCommandLine(args, 'electron')
  expect(appPath).toBe(resolve('.'))
  expect(argv).toEqual(['electron', ...args])
  expect(switches.get('user-data-dir')).toBe('/x')
  expect(isDriven).toBe(true)
})

test('started by hand, nobody drives it', () => {
  expect(parseCommandLine(['.'], 'electron').isDriven).toBe(false)
})

test('without a program there is nothing to run', () => {
  expect(() => parseCommandLine(['--inspect=0'], 'electron')).toThrow('needs a program')
})
