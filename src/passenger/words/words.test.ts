import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { publicReasons } from '../../shared/domain/public-reason.ts'
import { statuses } from '../../shared/domain/status.ts'
import { readWords } from '../../testing/passenger/words.ts'

const english = readWords('en')
const gaps = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort()
/** Sentences that may well be the same in two languages: numbers, units and names of things that are called alike. */
const shared =
  /^(span|live\.live|place\.terminal|history\.terminal\.set|say\.status|notice\.(info|critical)|status\.BOARDING)/

describe.each(['de', 'es', 'fr'])('the words in %s', (language) => {
  const words = readWords(language)

  test('are complete, and no more', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
  })

  test('leave the same gaps', () => {
    const differing = Object.entries(english).filter(
      ([key, sentence]) =>
        gaps(sentence).join() !== gaps(Object.entries(words).find(([k]) => k === key)?.[1] ?? '').join(),
    )

    expect(differing).toEqual([])
  })

  test('are translated', () => {
    const same = Object.entries(words).filter(
      ([key, sentence]) => !shared.test(key) && Object.entries(english).some(([k, v]) => k === key && v === sentence),
    )

    expect(same).toEqual([])
  })
})

describe.each(['en', 'de', 'es', 'fr'])('the words in %s', (language) => {
  const words: Readonly<Record<string, string>> = readWords(language)

  test('are never empty, and carry no markup', () => {
    expect(Object.values(words).filter((sentence) => !sentence.trim() || /[<>]/.test(sentence))).toEqual([])
  })

  test.each(publicReasons)('have a sentence for the reason %s', (reason) => {
    expect(words[`reason.${reason}`]).toMatch(/[.]$/)
  })

  test.each(statuses)('have words for the status %s', (status) => {
    expect(words[`status.${status}`]).toBeTruthy()
  })
})

test('the jargon of the trade reaches no passenger', () => {
  const jargon = /\b(AOG|ATFM|ATC|ETD|STD|rotation|MEL|off-block|PAX|slot swap)\b/i

  expect(Object.values(english).filter((sentence) => jargon.test(sentence))).toEqual([])
})

test('each sentence is used somewhere', () => {
  const folders = ['components', 'lib', 'page']
  const source = folders.map((folder) => readFolder(`src/passenger/${folder}`)).join('\n')
  const composed = /^(status|reason|advice|history|live|notice|link|time|span)\./

  expect(Object.keys(english).filter((key) => !composed.test(key) && !source.includes(`'${key}'`))).toEqual([])
})

function readFolder(folder: string): string {
  return readdirSync(folder)
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n')
}
