import { readFileSync, writeFileSync } from 'node:fs'
import { completeLockFile, findMissingPackages, parseLockFile } from './lib/lock-file.ts'

// After `npm install` against a registry that lacks other systems' packages: see findMissingPackages.
const path = 'package-lock.json'
const lock = parseLockFile(readFileSync(path, 'utf8'))
const missing = findMissingPackages(lock)
if (missing.length > 0) writeFileSync(path, `${JSON.stringify(completeLockFile(lock), null, 2)}\n`)
console.log(missing.length === 0 ? 'The lock file is complete.' : `Named in the lock file: ${missing.length} packages.`)
