import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { variables } from '../../src/node/config/variables.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { findOnPath, runCommand } from '../../src/testing/services/command.ts'
import { installPackages } from '../../src/testing/services/debian.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, 'deploy', path), 'utf8')
const UNIT = join(root, 'deploy/systemd/flightline-backend.service')

/** Debian has it wherever systemd is; on a machine without either the test fails and says what is missing. */
async function systemdAnalyze(...args: readonly string[]) {
  const found = findOnPath('systemd-analyze') ?? ((await installPackages('systemd')) && findOnPath('systemd-analyze'))
  if (!found) throw new Error('systemd-analyze is missing: install systemd')
  return runCommand(found, args)
}

/** What `name` is set to, all of its lines. */
function settingsOf(unit: string, name: string): readonly string[] {
  return Array.from(unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value = '']) => value)
}

function namesIn(env: string): readonly string[] {
  return Array.from(env.matchAll(/^([A-Z][A-Z\d_]*)=/gm), ([, name = '']) => name)
}

describe('the unit of systemd', () => {
  test('is one that systemd takes without a word', async () => {
    await using folder = await temporaryFolder()
    await mkdir(join(folder.path, 'units'))
    const copy = join(folder.path, 'units', 'flightline-backend.service')
    // Node lies elsewhere on this machine, and that it lies there is what systemd looks at first.
    await writeFile(copy, readFileSync(UNIT, 'utf8').replace('/usr/bin/node', process.execPath))
    expect(await systemdAnalyze('verify', '--man=no', copy)).toEqual({ code: 0, output: '' })
  })

  test('leaves the service almost nothing that it could harm', async () => {
    const { code, output } = await systemdAnalyze('security', '--offline=true', '--threshold=15', '--no-pager', UNIT)
    expect([code, output]).toEqual([0, expect.stringContaining('Overall exposure level')])
  })

  test('gives it more time to stop than it takes to drain, and no second try with bad settings', () => {
    const unit = readFileSync(UNIT, 'utf8')
    expect(settingsOf(unit, 'TimeoutStopSec')).toEqual(['25s'])
    expect(settingsOf(unit, 'KillSignal')).toEqual(['SIGTERM'])
    expect(settingsOf(unit, 'Restart')).toEqual(['on-failure'])
    expect(settingsOf(unit, 'RestartPreventExitStatus')).toEqual(['2'])
  })

  test('lets machine code be made, which V8 needs', () => {
    expect(settingsOf(readFileSync(UNIT, 'utf8'), 'MemoryDenyWriteExecute')).toEqual([])
  })
})

describe('the settings that come with it', () => {
  test('are all settings of the backend', () => {
    const known = Object.keys(variables.shape)
    const own = namesIn(read('systemd/backend.env.example'))
    expect(own.length).toBeGreaterThan(8)
    expect(own.filter((name) => !known.includes(name))).toEqual([])
  })

  test('hold no secret that somebody could leave as it is', () => {
    const filled = read('systemd/backend.env.example').match(/^[A-Z\d_]+=.+$/gm)
    expect(filled).toEqual(['TRUST_PROXY=true', 'FLIGHTLINE_DAY=none'])
  })
})

describe('the service of Windows', () => {
  const parser = new DOMParser({
    errorHandler: (level: string, message: string) => {
      throw new Error(`${level}: ${message}`)
    },
  })
  const service = parser.parseFromString(read('windows/flightline-backend.xml'), 'text/xml').documentElement
  const textOf = (name: string) => service?.getElementsByTagName(name)[0]?.textContent

  test('is started with the command of the unit', () => {
    const [command = ''] = settingsOf(readFileSync(UNIT, 'utf8'), 'ExecStart')
    const flags = command.split(' ').filter((word) => word.startsWith('--'))
    expect(textOf('arguments')).toBe(`${flags.join(' ')} "%BASE%\\..\\out\\backend\\index.js"`)
  })

  test('is restarted when it fails, and waited for when it stops', () => {
    expect(service?.getElementsByTagName('onfailure').length).toBe(3)
    expect(textOf('stoptimeout')).toBe('25 sec')
  })

  test('does not run as the system, and sets only settings of the backend', () => {
    expect(textOf('username')).toBe('NT AUTHORITY\\LocalService')
    const names = Array.from(service?.getElementsByTagName('env') ?? [], (element) => element.getAttribute('name'))
    const known = [...Object.keys(variables.shape), 'NODE_ENV']
    expect(names.filter((name) => name === null || !known.includes(name))).toEqual([])
  })

  test('is installed only with the WinSW that was asked for, on a Node that is new enough', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const script = read('windows/install-service.ps1')
    expect(script).toContain(`[version]'${String(engines.node).replace('>=', '')}.0'`)
    expect(script).toMatch(/Get-FileHash[\s\S]+-ne \$Sha256[\s\S]+throw[\s\S]+Copy-Item -LiteralPath \$WinSW/)
  })
})
