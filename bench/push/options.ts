import { parseArgs } from 'node:util'

/** What a run of the bench is asked for. */
export interface PushOptions {
  readonly scenarios: readonly ScenarioName[]
  /** Names of servers; empty: all that the scenario knows. */
  readonly peers: readonly string[]
  /** Instead of the scenario's own numbers. */
  readonly sockets: readonly number[]
  readonly repeats: number
  /** Of each measured window. */
  readonly seconds: number
  /** Nothing was left out or shortened: the figures may stand beside earlier ones. */
  readonly isWhole: boolean
}

/** The scenarios, in the order in which they run. */
export const scenarioNames = ['all', 'follow', 'slow', 'storm', 'poll', 'kafka'] as const

/** A member of {@link scenarioNames}. */
export type ScenarioName = (typeof scenarioNames)[number]

/**
 * Reads `[scenario…] --peer a,b --sockets 1000,10000 --repeats 3 --seconds 5`.
 * @throws Error that says what is wrong
 */
export function readPushOptions(args: readonly string[]): PushOptions {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    tokens: true,
    options: {
      peer: { type: 'string', default: '' },
      sockets: { type: 'string', default: '' },
      repeats: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
    },
  })
  const named = positionals.map(toScenario)
  return {
    scenarios: named.length > 0 ? named : scenarioNames,
    peers: toList(values.peer),
    sockets: toList(values.sockets).map((text) => toCount('sockets', text)),
    repeats: toCount('repeats', values.repeats),
    seconds: toCount('seconds', values.seconds),
    isWhole: tokens.every(({ kind }) => kind === 'positional'),
  }
}

function toScenario(name: string): ScenarioName {
  const found = scenarioNames.find((known) => known === name)
  if (!found) throw new Error(`no scenario ${name}; there are ${scenarioNames.join(', ')}`)
  return found
}

function toList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

function toCount(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} must be a whole number from 1: ${text}`)
  return count
}
