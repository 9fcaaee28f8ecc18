import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const read = (path: string) => readFileSync(path, 'utf8')
const configuration = z.record(z.string(), z.unknown()).parse(parse(read('electron-builder.yml')))
const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(read('node_modules/app-builder-lib/scheme.json')))
const isValid = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true }).compile(schema)
const problems = (candidate: unknown) => (isValid(candidate) ? [] : (isValid.errors ?? []))

describe("electron-builder's own schema", () => {
  test('takes the configuration', () => {
    expect(problems(configuration)).toEqual([])
  })

  test.each([
    ['at the top', { ...configuration, asarr: true }],
    ['among the fuses', { ...configuration, electronFuses: { runAsNod: false } }],
    ['of a system', { ...configuration, linux: { targets: ['deb'] } }],
  ])('refuses a planted wrong name %s', (_place, planted) => {
    expect(problems(planted)).not.toEqual([])
  })
})

test('the fuses that Electron has are all set, to what the security list asks', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

test('the program is one archive whose integrity is embedded, on every system', () => {
  for (const part of [configuration, configuration.linux, configuration.mac, configuration.win]) {
    expect(part).not.toMatchObject({ asar: false })
    expect(part).not.toHaveProperty('disableAsarIntegrity')
    expect(part).not.toHaveProperty('asarUnpack')
  }
  expect(configuration.asar).toBe(true)
})

test('every system gets what its people install', () => {
  expect(configuration).toMatchObject({
    linux: { target: ['AppImage', 'deb', 'rpm'] },
    mac: { target: [{ target: 'dmg', arch: 'universal' }, { target: 'zip' }], hardenedRuntime: true, notarize: true },
    win: { target: [{ target: 'nsis' }] },
    protocols: [{ schemes: ['flightline'] }],
  })
})

test('the hardened runtime of macOS is opened for the compiler of V8 and for nothing else', () => {
  const { mac } = z.object({ mac: z.object({ entitlements: z.string() }) }).parse(configuration)
  const keys = [...read(mac.entitlements).matchAll(/<key>(.+?)<\/key>/g)].map(([, key]) => key)
  expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
})

test('files that it names are there', () => {
  const { icon, directories } = z
    .object({ icon: z.string(), directories: z.object({ buildResources: z.string() }) })
    .parse(configuration)
  expect([icon, directories.buildResources].filter((path) => !existsSync(path))).toEqual([])
})

test('nothing in it is a secret: certificates and accounts come from the environment', () => {
  expect(read('electron-builder.yml')).not.toMatch(/^\s*(csc\w+|\w*password|\w*token|identity|certificate\w*):/im)
})

test('Electron is one version, not a range: what is tested is what is shipped', () => {
  const { devDependencies } = z
    .object({ devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')))
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
})
