import { zoneLabel } from '../../shared/lib/zone-label.ts'
import type words from '../words/en.json'
import { dayOffset, formatZoned, zoneCity } from './zoned-time.ts'

/** The sentences of one language, by key; English is the one that all others are compared with. */
export type Words = Readonly<Record<keyof typeof words, string>>

/** The name of a sentence. */
export type WordKey = keyof Words

/** What stands in a sentence's gaps. */
export type Values = Readonly<Record<string, string | number>>

const MINUTE = 60_000

/** Everything that depends on the language: sentences, times, dates, spans. */
export type Text = ReturnType<typeof createText>

/**
 * Speaks one language.
 * @param locale - decides the form of times and dates, e.g. `en-US` for 2:05 PM
 */
export function createText(words: Words, locale: string) {
  const say = (key: WordKey, values: Values = {}) => fill(words[key], values)
  const span = (milliseconds: number) => say(...spanWords(milliseconds))
  return {
    locale,
    language: locale.slice(0, 2),
    say,
    /** The sentence of a key that is put together, `undefined` where there is none. */
    find: (key: string, values?: Values) => (isKey(words, key) ? say(key, values) : undefined),
    clock: (at: number, zone: string) => formatZoned(at, locale, { timeZone: zone, timeStyle: 'short' }),
    date: (at: number, zone?: string) =>
      formatZoned(at, locale, { ...(zone && { timeZone: zone }), weekday: 'long', day: 'numeric', month: 'long' }),
    shortDate: (at: number, zone: string) =>
      formatZoned(at, locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }),
    zone: (at: number, zone: string) => zoneLabel(zone, at),
    city: zoneCity,
    span,
    /** `next day` where a time falls on another date than the flight's; empty on the same. */
    dayMark(at: number, zone: string, originDate: string): string {
      const days = dayOffset(at, zone, originDate)
      if (days === 1) return say('time.dayLater')
      if (days === -1) return say('time.dayEarlier')
      return days === 0 ? '' : say('time.daysLater', { days })
    },
  }
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap))
}

function isKey(words: Words, key: string): key is WordKey {
  return Object.hasOwn(words, key)
}

function spanWords(milliseconds: number): [WordKey, Values] {
  if (milliseconds < MINUTE) return ['span.seconds', { seconds: Math.max(0, Math.round(milliseconds / 1000)) }]
  const whole = Math.round(milliseconds / MINUTE)
  const [hours, minutes] = [Math.floor(whole / 60), whole % 60]
  if (hours === 0) return ['span.minutes', { minutes }]
  return minutes === 0 ? ['span.hours', { hours }] : ['span.both', { hours, minutes }]
}
