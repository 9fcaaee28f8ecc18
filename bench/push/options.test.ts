import { expect, test } from 'vitest'
import { readPushOptions } from './options.ts'

test('without arguments everything is measured three times', () => {
  expect(readPushOptions([])).toEqual({
    scenarios: ['all', 'follow', 'slow', 'storm', 'poll', 'kafka'],
    peers: [],
    sockets: [],
    repeats: 3,
    seconds: 5,
    isWhole: true,
  })
})

test('scenarios, servers and sizes can be chosen', () => {
  const options = readPushOptions(['all', '--peer', 'bun,nchan', '--sockets', '1000,10000', '--repeats', '1'])
  expect(options).toMatchObject({ scenarios: ['all'], peers: ['bun', 'nchan'], sockets: [1_000, 10_000], repeats: 1 })
  expect(options.isWhole).toBe(false)
})

test.each([[['everything']], [['--sockets', 'many']], [['--repeats', '0']], [['--colour', 'red']]])(
  '%j is refused',
  (args) => {
    expect(() => readPushOptions(args)).toThrow()
  },
)
