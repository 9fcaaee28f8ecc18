import { readFileSync } from 'node:fs'

/** What processes have used up to now. */
export interface Usage {
  /** Seconds of processor time in the programs and in the kernel on their behalf. */
  readonly user: number
  readonly system: number
  /** Resident memory in kB. */
  readonly memory: number
}

// USER_HZ is 100 on every Linux that Node runs on.
const TICKS_PER_SECOND = 100

/** Adds up what Linux says of these processes. */
export function readUsage(pids: readonly number[]): Usage {
  const all = pids.map(readOne)
  const sum = (read: (usage: Usage) => number) => all.reduce((total, usage) => total + read(usage), 0)
  return { user: sum(({ user }) => user), system: sum(({ system }) => system), memory: sum(({ memory }) => memory) }
}

/** The children of a process, e.g. the workers of nginx. */
export function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return text === '' ? [] : text.split(' ').map(Number)
}

function readOne(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Fields of proc(5) from the third on, since the second is a name that may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const seconds = (field: number) => Number(fields[field - 3]) / TICKS_PER_SECOND
  const memory = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return { user: seconds(14), system: seconds(15), memory: Number(memory ?? 0) }
}
