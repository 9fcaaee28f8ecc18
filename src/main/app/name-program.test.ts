import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { nameProgram } from './name-program.ts'

function nameOf(platform: NodeJS.Platform, isPackaged: boolean): string | undefined {
  const named: string[] = []
  nameProgram({ isPackaged, setAppUserModelId: (id) => void named.push(id) }, platform)
  return named[0]
}

test('Windows is told the name that the installer gives the shortcut', () => {
  expect(nameOf('win32', true)).toBe(parse(readFileSync('electron-builder.yml', 'utf8')).appId)
})

test('a program that is not installed, and other systems, are told nothing', () => {
  expect([nameOf('win32', false), nameOf('linux', true), nameOf('darwin', true)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('the name is given before the first window and notification', () => {
  expect(readFileSync('src/main/index.ts', 'utf8')).toContain('\nnameProgram(app, process.platform)\n')
})
