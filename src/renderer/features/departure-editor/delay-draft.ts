import { checkCodedDelay, DELAY_THRESHOLD_MINUTES, delayMinutes } from '../../../shared/domain/delay.ts'
import { type DelayCode, delayCodes, findDelayCode } from '../../../shared/domain/delay-codes.ts'
import type { DelayReason } from '../../../shared/domain/delay-reason.ts'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DelayEdit } from '../../../shared/domain/edits.ts'
import { minutesBetween } from '../../../shared/domain/instant.ts'
import { isOffBlock } from '../../../shared/domain/status.ts'
import { isFlightlineError } from '../../../shared/lib/errors.ts'
import { readTimeEntry } from '../../lib/time-entry.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'

/** One line of the reasons as typed. Empty minutes mean the rest of the delay. */
export interface DraftReason {
  readonly key: number
  readonly code: string
  readonly minutes: string
}

/** The delay as it is being typed. */
export interface DelayDraft {
  /** `open`: no firm time yet; then `entry` says when there will be more information. */
  readonly kind: 'firm' | 'open'
  /** Minutes after schedule or a time of day. */
  readonly entry: string
  readonly reasons: readonly DraftReason[]
  readonly remark: string
}

/** What a draft comes to: the arithmetic that is shown while typing, and the edit once it is complete. */
export interface DelayReading {
  readonly minutes: number | undefined
  /** Minutes that the reasons account for, the open rest included. */
  readonly sum: number
  readonly edit?: DelayEdit
  /** Why it cannot be saved yet. */
  readonly problem?: string
}

/** What a draft is read against. */
export interface DelayContext {
  readonly departure: Departure
  readonly mode: TimeMode
}

const HAS_NO_TIME = 'Type minutes (45) or the new time (1450, 1950Z).'

/**
 * The draft an editor opens with: what is there, or what was typed to open it. The largest reason takes the rest, so
 * that a delay that grows, as they do, needs no arithmetic.
 */
export function startDelayDraft(departure: Departure, typed: string): DelayDraft {
  const minutes = delayMinutes(departure)
  const isOpen =
    departure.nextInformationAt !== undefined && departure.estimatedAt === undefined && !isOffBlock(departure)
  const known = minutes > 0 ? String(minutes) : ''
  return {
    kind: isOpen && typed === '' ? 'open' : 'firm',
    entry: typed === '' ? known : typed,
    reasons: startReasons(departure.delays ?? []),
    remark: '',
  }
}

function startReasons(delays: readonly DelayReason[]): readonly DraftReason[] {
  const largest = delays.reduce((most, { minutes }, line) => (minutes > (delays[most]?.minutes ?? 0) ? line : most), 0)
  if (delays.length === 0) return [{ key: 0, code: '', minutes: '' }]
  return delays.map(({ code, minutes }, key) => ({ key, code, minutes: key === largest ? '' : String(minutes) }))
}

/** Reads a draft: the same rules that the desk service applies, while the person still types. */
export function readDelayDraft(draft: DelayDraft, context: DelayContext): DelayReading {
  const { departure, mode } = context
  const at = readTimeEntry(draft.entry, { scheduledAt: departure.scheduledAt, zone: departure.originZone, mode })
  if (draft.kind === 'open') return readOpenDelay(draft, at)
  const minutes = at === undefined ? undefined : minutesBetween(departure.scheduledAt, at)
  const reasons = resolveReasons(draft.reasons, minutes ?? 0)
  const sum = reasons.reduce((total, reason) => total + reason.minutes, 0)
  if (minutes === undefined) return { minutes, sum, problem: HAS_NO_TIME }
  const unfinished = reasons.find(({ code }) => code === '')
  if (unfinished) return { minutes, sum, problem: `Choose a code for ${unfinished.minutes} min.` }
  return { minutes, sum, ...checkDelay({ minutes, reasons, remark: draft.remark.trim() || undefined }, departure) }
}

/** Whether the delay is so large that reasons are required. */
export function needsReasons(minutes: number | undefined): boolean {
  return minutes !== undefined && minutes >= DELAY_THRESHOLD_MINUTES
}

/** Codes that fit what was typed: digits and letters from their beginning, words anywhere. The best come first. */
export function searchDelayCodes(text: string): readonly DelayCode[] {
  const query = text.trim().toLowerCase()
  if (query === '') return delayCodes
  const byCode = delayCodes.filter(({ code, alpha }) => code.startsWith(query) || alpha.toLowerCase().startsWith(query))
  const words = query.split(/\s+/)
  const byPhrase = delayCodes.filter((entry) => entry.label.toLowerCase().includes(query))
  const byWords = delayCodes.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  return [...new Set([...byCode, ...byPhrase, ...byWords])]
}

function readOpenDelay({ remark }: DelayDraft, at: number | undefined): DelayReading {
  if (at === undefined) {
    return { minutes: undefined, sum: 0, problem: 'Type when passengers get more information (1450, 1950Z).' }
  }
  const edit = { delay: { nextInformationAt: at }, reasons: [], remark: remark.trim() || undefined }
  return { minutes: undefined, sum: 0, edit }
}

type Share = { readonly scheme: 'AHM730'; readonly code: string; readonly minutes: number }

/** Lines that say something: typed minutes as they are, and the first line without any takes what they leave over. */
function resolveReasons(reasons: readonly DraftReason[], minutes: number): readonly Share[] {
  const typed = reasons.map(({ minutes: text }) => (text.trim() === '' ? undefined : Number(text)))
  const rest = minutes - typed.reduce<number>((total, value) => total + (value ?? 0), 0)
  const restLine = typed.indexOf(undefined)
  return reasons
    .map(({ code }, line): Share => {
      const share = typed[line] ?? (line === restLine ? Math.max(0, rest) : 0)
      return { scheme: 'AHM730', code: findDelayCode(code.trim())?.code ?? code.trim(), minutes: share }
    })
    .filter(({ code, minutes: share }, line) => code !== '' || (typed[line] !== undefined && share !== 0))
}

interface FirmDelay {
  readonly minutes: number
  readonly reasons: readonly DelayReason[]
  readonly remark: string | undefined
}

function checkDelay(delay: FirmDelay, departure: Departure): Pick<DelayReading, 'edit' | 'problem'> {
  const { minutes, reasons, remark } = delay
  if (isOffBlock(departure) && minutes !== Math.max(0, delayMinutes(departure))) {
    return { problem: `The flight left ${delayMinutes(departure)} min after schedule; only the reasons can change.` }
  }
  try {
    checkCodedDelay({ minutes, reasons, remark: remark ?? departure.remark })
    return { edit: { delay: { minutes }, reasons, remark } }
  } catch (error) {
    if (isFlightlineError(error)) return { problem: error.message }
    throw error
  }
}
