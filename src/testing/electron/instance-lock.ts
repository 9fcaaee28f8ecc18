import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isRunning } from '../services/is-running.ts'

/** At most one process holds it per data folder; a second one hands its arguments over. */
export interface InstanceLock {
  request(): boolean
  isHeld(): boolean
  release(): void
}

const LOOK_EVERY = 100
const argumentsSchema = z.array(z.string())

/** @param second - told of the arguments of a process that asked in vain */
export function createInstanceLock(folder: string, second: (argv: readonly string[]) => void): InstanceLock {
  const file = join(folder, 'stand-in.lock')
  const inbox = join(folder, 'stand-in-seconds')
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    for (const name of readdirSync(inbox).sort()) {
      const path = join(inbox, name)
      if (!name.endsWith('.json')) continue
      const argv = argumentsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
      rmSync(path)
      second(argv)
    }
  }
  const take = () => {
    rmSync(inbox, { recursive: true, force: true })
    mkdirSync(inbox, { recursive: true })
    timer = setInterval(look, LOOK_EVERY).unref()
    return true
  }
  return {
    request() {
      if (timer) return true
      if (tryLock(file)) return take()
      const draft = join(inbox, `${process.pid}`)
      writeFileSync(draft, JSON.stringify(process.argv))
      writeFileSync(`${draft}.json`, JSON.stringify(process.argv))
      return false
    },
    isHeld: () => timer !== undefined,
    release() {
      if (!timer) return
      clearInterval(timer)
      timer = undefined
      rmSync(file, { force: true })
    },
  }
}

/** A lock of a process that was killed is taken over. */
function tryLock(file: string): boolean {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return true
    } catch {
      const holder = Number(readFileSync(file, 'utf8'))
      if (holder > 0 && isRunning(holder)) return false
      rmSync(file, { force: true })
    }
  }
  return false
}
