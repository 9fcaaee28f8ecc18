/** A message for all, and for those who chose its flight. */
export interface Message {
  /** Number of its flight. */
  readonly flight: string
  readonly text: string
}

/** Reads the changes of the standard input; see `writeTick`. Ends the process with the input. */
export function readTicks(deliver: (messages: readonly Message[]) => void): void {
  let rest = ''
  let tick: Message[] = []
  const take = (line: string) => {
    const tab = line.indexOf('\t')
    if (tab > 0) {
      tick.push({ flight: line.slice(0, tab), text: line.slice(tab + 1) })
      return
    }
    deliver(tick)
    tick = []
  }
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  process.stdin.on('end', () => process.exit(0))
}

/** The flights that a client named with `follow …`, by their numbers; empty when it wants all. */
export function readFollow(ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => /^FL(\d+)/.exec(id)?.[1] ?? [])
}
