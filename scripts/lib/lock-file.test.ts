import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { completeLockFile, findMissingPackages, parseLockFile } from './lock-file.ts'

const lockOf = (packages: object) => parseLockFile(JSON.stringify({ lockfileVersion: 3, packages }))

const tool = {
  version: '2.0.0',
  dev: true,
  optionalDependencies: { '@tool/linux-x64': '2.0.0', '@tool/linux-x64-musl': '2.0.0', '@tool/darwin-arm64': '2.0.0' },
}

test('the lock file of this project is complete: `npm ci` takes it (else: node scripts/complete-lock.ts)', () => {
  expect(findMissingPackages(parseLockFile(readFileSync('package-lock.json', 'utf8')))).toEqual([])
})

describe('missing packages', () => {
  test('are those that a locked package asks for and the lock does not hold', () => {
    const lock = lockOf({ 'node_modules/tool': tool, 'node_modules/@tool/linux-x64': { version: '2.0.0' } })

    expect(findMissingPackages(lock).map(({ name }) => name)).toEqual(['@tool/linux-x64-musl', '@tool/darwin-arm64'])
  })

  test('a package locked below the one that asks is not missing', () => {
    const below = Object.fromEntries(
      Object.keys(tool.optionalDependencies).map((name) => [`node_modules/tool/node_modules/${name}`, {}]),
    )

    expect(findMissingPackages(lockOf({ 'node_modules/tool': tool, ...below }))).toEqual([])
  })

  test('an optional peer is the business of whoever installs it', () => {
    const asking = { optionalDependencies: { swc: '1.0.0' }, peerDependenciesMeta: { swc: { optional: true } } }

    expect(findMissingPackages(lockOf({ 'node_modules/tool': asking }))).toEqual([])
  })
})

describe('completing', () => {
  test('names each with its system, as npm would have', () => {
    const { packages } = completeLockFile(lockOf({ 'node_modules/tool': tool }))

    expect(packages['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '2.0.0',
      cpu: ['x64'],
      libc: ['musl'],
      dev: true,
      optional: true,
      os: ['linux'],
    })
    expect(packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '2.0.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['darwin'],
    })
  })

  test('leaves nothing missing, keeps all else, and is in order', () => {
    const lock = lockOf({ '': { name: 'x' }, 'node_modules/tool': tool })

    const completed = completeLockFile(lock)

    expect(findMissingPackages(completed)).toEqual([])
    expect(completed).toMatchObject({ lockfileVersion: 3, packages: lock.packages })
    expect(Object.keys(completed.packages)).toEqual(Object.keys(completed.packages).toSorted())
  })

  test.each([
    ['a name that tells no system', { '@tool/native': '2.0.0' }, '@tool/native'],
    ['a range', { '@tool/linux-x64': '^2.0.0' }, '^2.0.0'],
  ])('%s is refused rather than guessed', (_what, optionalDependencies, named) => {
    expect(() => completeLockFile(lockOf({ 'node_modules/tool': { optionalDependencies } }))).toThrow(named)
  })
})
