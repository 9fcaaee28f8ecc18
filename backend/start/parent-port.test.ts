import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { findParent } from './parent-port.ts'

function openPort() {
  const posted: unknown[] = []
  const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => posted.push(message) })
  return { port, posted }
}

test('the desktop is told how the start went', () => {
  const { port, posted } = openPort()
  const report = { type: 'failed', code: 'FL_LISTEN_FAILED', message: 'taken' } as const
  findParent(() => undefined, port).report(report)
  expect(posted).toEqual([report])
})

test('an order to stop is obeyed, and nothing else is taken for one', () => {
  const { port } = openPort()
  let stops = 0
  findParent(() => (stops += 1), port)
  for (const data of [undefined, 'stop', { type: 'start' }, {}, null]) port.emit('message', { data })
  expect(stops).toBe(0)
  port.emit('message', { data: { type: 'stop' } })
  expect(stops).toBe(1)
})

test('under plain Node there is nobody to tell', () => {
  expect(() => findParent(() => undefined).report({ type: 'failed', code: 'x', message: 'y' })).not.toThrow()
})
