import { IntlMessageFormat } from 'intl-messageformat'
import de from '../../../resources/templates/de.json' with { type: 'json' }
import en from '../../../resources/templates/en.json' with { type: 'json' }
import es from '../../../resources/templates/es.json' with { type: 'json' }
import fr from '../../../resources/templates/fr.json' with { type: 'json' }

/** The name of a message in the templates. */
export type MessageKey = keyof typeof en

/** Values for the placeholders of a message. */
export type MessageValues = Readonly<Record<string, string>>

/** All templates by language. Every language has all messages: the compiler and a test compare them. */
export const templates: Readonly<Record<string, Readonly<Record<MessageKey, string>>>> = { de, en, es, fr }

/** Says a message in one language. @throws when a placeholder has no value */
export type Say = (key: MessageKey, values?: MessageValues) => string

const speakers = new Map<string, Say>()

/** The language in which somebody is written to: the nearest that has templates, else English. */
export function chooseLanguage(tag: string): string {
  const language = tag.toLowerCase().split('-')[0] ?? ''
  return Object.hasOwn(templates, language) ? language : 'en'
}

/** Messages in a language; parsed once. */
export function speak(tag: string): Say {
  const language = chooseLanguage(tag)
  const known = speakers.get(language) ?? createSpeaker(language)
  speakers.set(language, known)
  return known
}

function createSpeaker(language: string): Say {
  const book = templates[language] ?? en
  const formats = new Map<MessageKey, IntlMessageFormat>()
  return (key, values = {}) => {
    // Tags stay text: templates hold none, and values must never become any.
    const format = formats.get(key) ?? new IntlMessageFormat(book[key], language, undefined, { ignoreTag: true })
    formats.set(key, format)
    return String(format.format(values))
  }
}
