import type { SystemPart, SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { formatLongAge } from '../../lib/age.ts'
import { formatCount } from './figure-text.ts'

/** One part, in words. */
export interface PartItem {
  readonly name: string
  readonly status: SystemPart['status']
  readonly state: string
  /** What is wrong, or what it is behind by. */
  readonly detail: string
}

const states = { down: 'Down', degraded: 'Degraded', ok: 'Well' } as const
const order = ['down', 'degraded', 'ok'] as const

/** All parts, those that need somebody first. */
export function toPartItems(parts: readonly SystemPart[]): readonly PartItem[] {
  return [...parts]
    .sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
    .map((part) => ({ name: part.name, status: part.status, state: states[part.status], detail: detailOf(part) }))
}

/** The whole in one sentence. */
export function statusText({ parts }: Pick<SystemSnapshot, 'parts'>): string {
  const sick = parts.filter(({ status }) => status !== 'ok').map(({ name }) => name)
  if (parts.length === 0) return 'No part tells how it is.'
  return sick.length === 0 ? 'All parts are well.' : `Needs attention: ${sick.join(', ')}.`
}

function detailOf(part: SystemPart): string {
  return [part.problem ?? '', lagText(part), ageText(part)].filter((text) => text !== '').join(', ')
}

const sockets = ['no socket behind', 'sockets behind'] as const
const items = ['nothing waiting', 'waiting'] as const

/** Store and log say how long an answer takes; the others how many things wait. */
function lagText({ name, lag }: SystemPart): string {
  if (lag === undefined) return ''
  if (name === 'store' || name === 'log') return `answers in ${formatCount(lag)} ms`
  const [none, some] = name === 'push' || name.startsWith('gateway-') ? sockets : items
  return lag === 0 ? none : `${formatCount(lag)} ${some}`
}

/** The age of the last answer of store and log is of interest only when it is long ago. */
function ageText({ name, age }: SystemPart): string {
  if (age === undefined || age < 1000) return ''
  return name === 'store' || name === 'log' ? `silent for ${formatLongAge(age)}` : `for up to ${formatLongAge(age)}`
}
