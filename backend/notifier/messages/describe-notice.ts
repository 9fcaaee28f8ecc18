import { publicReason } from '../../../src/shared/domain/delay.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { Notice, NoticeKind, ToldFacts } from '../../../src/shared/domain/notice.ts'
import { describeFlight, namePlace, operatedNumber, type Places, spellFlight } from './flight-names.ts'
import type { Letter } from './letter.ts'
import type { Links } from './links.ts'
import { type Moments, momentsFor } from './moments.ts'
import { toLine, toLines } from './plain.ts'
import { chooseLanguage, type MessageValues, type Say, speak } from './template-book.ts'

/** For whom a letter is written: all that the words depend on, except the name. */
export interface Reader {
  /** BCP 47. */
  readonly language: string
  /** The number on the ticket; absent for those who only follow the flight. */
  readonly bookedNumber?: string
}

/** What letters are written with. */
export interface LetterParts {
  readonly links: Links
  readonly places: Places
}

type Variant = NoticeKind | 'open' | 'diversionSomewhere' | 'diversionEnded'

interface Context {
  readonly notice: Notice
  readonly say: Say
  readonly moments: Moments
  readonly values: MessageValues
  readonly variants: readonly Variant[]
}

/**
 * Writes what one notice says to readers of one language and ticket number. Only public facts are looked at: no staff
 * name, delay code, internal reason or remark can get in.
 */
export function describeNotice(notice: Notice, reader: Reader, parts: LetterParts): Letter {
  const { departure } = notice
  const say = speak(reader.language)
  const moments = momentsFor(reader.language, departure.originZone, departure.originDate)
  const url = parts.links.flight(departure.id)
  const context: Context = {
    notice,
    say,
    moments,
    values: gatherValues(notice, { reader, moments, places: parts.places }),
    variants: notice.kinds.map((kind) => variantOf(kind, notice.after)),
  }
  const [first = 'delay'] = context.variants
  return {
    language: chooseLanguage(reader.language),
    subject: toLine(say(`subject.${first}`, context.values), 200),
    headlines: context.variants.map((variant) => say(`headline.${variant}`, context.values)),
    rows: describeRows(context, reader, parts.places),
    paragraphs: describeAdvice(context),
    link: { text: say('link', { url }), url },
    footers: [say('footer.automatic'), ...(departure.demo ? [say('footer.demo')] : [])],
  }
}

function variantOf(kind: NoticeKind, after: ToldFacts): Variant {
  if (kind === 'delay' && after.nextInformationAt !== undefined) return 'open'
  if (kind !== 'diversion') return kind
  if (!after.diverted) return 'diversionEnded'
  return after.diverted.airport ? 'diversion' : 'diversionSomewhere'
}

function gatherValues(
  notice: Notice,
  { reader, moments, places }: { reader: Reader; moments: Moments; places: Places },
): MessageValues {
  const { departure, after } = notice
  return {
    flight: spellFlight(reader.bookedNumber ?? operatedNumber(departure)),
    destination: namePlace(departure.destination, places),
    date: moments.date(departure.scheduledAt),
    time: moments.time(after.estimatedAt ?? departure.scheduledAt),
    scheduled: moments.time(departure.scheduledAt),
    gate: lineOf(after.gate) ?? '',
    airport: namePlace(after.diverted?.airport ?? '', places),
    severity: notice.severity ?? 'info',
  }
}

function describeRows({ notice, say, moments, values }: Context, reader: Reader, places: Places): Letter['rows'] {
  const { departure, before, after } = notice
  const route = { origin: namePlace(departure.origin, places), destination: namePlace(departure.destination, places) }
  const change = (from: string | undefined, to: string | undefined) =>
    from !== undefined && to !== undefined && from !== to ? say('value.change', { before: from, after: to }) : to
  const reason = publicReason(departure)
  const rows: readonly (readonly [string, string | undefined])[] = [
    [say('label.flight'), describeFlight(departure, reader.bookedNumber, say)],
    [say('label.route'), say('value.route', route)],
    [say('label.date'), values.date],
    [
      say('label.departure', { station: toLine(departure.origin, 4) }),
      change(describeTime(before, { departure, say, moments }), describeTime(after, { departure, say, moments })),
    ],
    [say('label.terminal'), change(lineOf(before.terminal), lineOf(after.terminal))],
    [say('label.gate'), change(lineOf(before.gate), lineOf(after.gate))],
    [say('label.reason'), reason && givesReason(notice) ? say(`reason.${reason}`) : undefined],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

// The coded reason is that of the delay: a new gate or a diversion has another one, which nobody has coded.
function givesReason({ kinds }: Notice): boolean {
  return kinds.includes('delay') || kinds.includes('cancellation')
}

function lineOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : toLine(value, 12)
}

function describeTime(
  facts: ToldFacts,
  { departure, say, moments }: { departure: Departure; say: Say; moments: Moments },
): string {
  if (facts.cancelled) return say('value.cancelled', { time: moments.time(departure.scheduledAt) })
  if (facts.nextInformationAt !== undefined) return say('value.unknown')
  const at: Instant = facts.estimatedAt ?? departure.scheduledAt
  return moments.time(at)
}

function describeAdvice({ notice, say, moments, values, variants }: Context): readonly string[] {
  if (notice.kind === 'broadcast') return toLines(notice.text ?? '')
  const advice = variants.flatMap((variant) => (variant === 'broadcast' ? [] : [say(`todo.${variant}`, values)]))
  const { nextInformationAt } = notice.after
  const next =
    nextInformationAt === undefined ? say('next.change') : say('next.at', { time: moments.time(nextInformationAt) })
  return [...advice, next]
}
