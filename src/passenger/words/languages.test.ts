import { describe, expect, test } from 'vitest'
import { chooseLocale, loadWords } from './languages.ts'

describe('chooseLocale', () => {
  test.each([
    [['de-AT', 'en'], 'de-AT'],
    [['en-US'], 'en-US'],
    [['pt-BR', 'es-MX', 'en'], 'es-MX'],
    [['fr'], 'fr'],
    [['nl-NL', 'tlh'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wanted, locale) => {
    expect(chooseLocale(wanted)).toBe(locale)
  })
})

describe('loadWords', () => {
  test('fetches the file of the language, and of no other', async () => {
    const asked: string[] = []

    const words = await loadWords('de-AT', async (url) => {
      asked.push(url)
      return Response.json({ 'status.ARRIVED': 'Angekommen' })
    })

    expect(words['status.ARRIVED']).toBe('Angekommen')
    expect(asked).toEqual([expect.stringContaining('de.json')])
  })

  test('an unknown language is read in English', async () => {
    const asked: string[] = []
    await loadWords('nl', async (url) => {
      asked.push(url)
      return Response.json({})
    })

    expect(asked).toEqual([expect.stringContaining('en.json')])
  })

  test('fails when the file is not there', async () => {
    await expect(loadWords('en', async () => new Response('', { status: 404 }))).rejects.toThrow('no words for en')
  })
})
