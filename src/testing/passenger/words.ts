import { readFileSync } from 'node:fs'
import { createText, type Text, type Words } from '../../passenger/lib/text.ts'

/** The sentences of a language as the page fetches them. */
export function readWords(language: string): Words {
  return JSON.parse(readFileSync(`src/passenger/words/${language}.json`, 'utf8'))
}

/** A text of the page's own words; British English by default, for its 24-hour clock. */
export function speak(locale = 'en-GB'): Text {
  return createText(readWords(locale.slice(0, 2)), locale)
}
