import { expect, test } from 'vitest'
import { createLog, type LogLevel } from './create-log.ts'

function open(level: LogLevel) {
  const lines: Record<string, unknown>[] = []
  return { lines, log: createLog(level, { write: (line) => lines.push(JSON.parse(line)) }) }
}

test('a line is one JSON object with level, time, process and message', () => {
  const { lines, log } = open('info')
  log.info({ topic: 'flight_updates', offset: 7 }, 'published')
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      pid: process.pid,
      topic: 'flight_updates',
      offset: 7,
      msg: 'published',
    },
  ])
})

test('what is below the level is not written', () => {
  const { lines, log } = open('warn')
  log.info({}, 'a')
  log.warn({}, 'b')
  log.error({}, 'c')
  expect(lines.map(({ msg }) => msg)).toEqual(['b', 'c'])
})

test('silent says nothing', () => {
  const { lines, log } = open('silent')
  log.error({ err: new Error('x') }, 'a')
  expect(lines).toEqual([])
})

test('personal data and secrets nmalloryr reach the line, whermalloryr they stand', () => {
  const { lines, log } = open('info')
  const error = new Error('mongodb://desk:hunter2@db/ for mallory@example.com\n+1 202 555 0100')
  log.error({ err: error, phone: '2025550100', nested: { note: 'mallory@example.com' } }, 'told mallory@example.com')
  expect(lines).toHaveLength(1)
  const text = JSON.stringify(lines)
  for (const secret of ['mallory', 'hunter2', '202']) expect(text.replace(/"time":"[^"]*"/, '')).not.toContain(secret)
})
