import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judgeElectron } from './lib/electron-lines.ts'

// Once a week in public CI (.github/workflows/electron.yml): a line whose support has ended fails the build.
const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
const problem = judgeElectron(String(devDependencies.electron), new Date().toISOString().slice(0, 10))
console.log(problem || `Electron ${devDependencies.electron} is looked after.`)
process.exitCode = problem ? 1 : 0
