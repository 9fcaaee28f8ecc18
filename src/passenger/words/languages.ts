import type { Words } from '../lib/text.ts'
import de from './de.json?url'
import en from './en.json?url'
import es from './es.json?url'
import fr from './fr.json?url'

// Sentences are data, not script: each language is a file of its own, and a page fetches the one it speaks.
const urls = { de, en, es, fr }

/** A language that the page speaks. */
type Language = keyof typeof urls

/** The first language of a reader's list that the page speaks, with the reader's own region. */
export function chooseLocale(wanted: readonly string[]): string {
  return wanted.find((locale) => isLanguage(locale.slice(0, 2))) ?? 'en'
}

/** The sentences of a locale's language. */
export async function loadWords(locale: string, fetch: (url: string) => Promise<Response>): Promise<Words> {
  const language = locale.slice(0, 2)
  const response = await fetch(urls[isLanguage(language) ? language : 'en'])
  if (!response.ok) throw new Error(`no words for ${locale}`)
  return response.json()
}

function isLanguage(language: string): language is Language {
  return Object.hasOwn(urls, language)
}
