import { describe, expect, test } from 'vitest'
import { pairedChannels } from '../../../src/testing/fixtures/paired-channels.ts'
import { type Answers, createCalls } from './calls.ts'

/** One side that asks and one that answers. */
function connect(answers: Answers, patience = 5_000) {
  const [near, far] = pairedChannels()
  createCalls(far, { answers, patience })
  return { near, far, calls: createCalls(near, { answers: {}, patience }) }
}

describe('a question to another process', () => {
  test('gets its answer, whatever else is asked meanwhile', async () => {
    const { promise: late, resolve } = Promise.withResolvers<string>()
    const { calls } = connect({ slow: () => late, double: (input) => Number(input) * 2 })
    const slow = calls.ask('slow')
    expect(await Promise.all([calls.ask('double', 4), calls.ask('double', 5)])).toEqual([8, 10])
    resolve('at last')
    expect(await slow).toBe('at last')
  })

  test('may be asked by both sides at once', async () => {
    const [near, far] = pairedChannels()
    const first = createCalls(near, { answers: { name: () => 'first' }, patience: 5_000 })
    const second = createCalls(far, { answers: { name: () => 'second' }, patience: 5_000 })
    expect(await Promise.all([first.ask('name'), second.ask('name')])).toEqual(['second', 'first'])
  })

  test('carries figures that JSON cannot say', async () => {
    const { calls } = connect({ figures: () => [Number.NaN, Number.POSITIVE_INFINITY] })
    expect(await calls.ask('figures')).toEqual([Number.NaN, Number.POSITIVE_INFINITY])
  })

  test('fails as the other side fails, without its stack', async () => {
    const { calls } = connect({ broken: () => Promise.reject(new Error('no store')) })
    await expect(calls.ask('broken')).rejects.toThrow(/^no store$/)
  })

  test.each(['unknown', 'toString', '__proto__'])('that nobody knows fails: %s', async (name) => {
    const { calls } = connect({})
    await expect(calls.ask(name)).rejects.toThrow(`no answer is known to ${name}`)
  })

  test('is not waited for longer than the patience', async () => {
    const { calls } = connect({ never: () => new Promise(() => undefined) }, 30)
    await expect(calls.ask('never')).rejects.toThrow('no answer to never')
  })

  test('to a process that is gone fails at once', async () => {
    const { calls, near } = connect({ name: () => 'x' })
    near.break()
    await expect(calls.ask('name')).rejects.toThrow('nobody there')
  })

  test('leaves messages of others alone', async () => {
    const { calls, far } = connect({ name: () => 'x' })
    for (const message of [{ type: 'started' }, { type: 'answer', id: 77, value: 1 }, { type: 'ask' }])
      far.send(message)
    expect(await calls.ask('name')).toBe('x')
  })
})
