import { expect, test } from 'vitest'
import { createKeepAwake } from './keep-awake.ts'

test('the screen is kept on once, however often it is asked for, and let go when it is not', () => {
  const said: string[] = []
  const keepAwake = createKeepAwake({
    start: (type) => said.push(type),
    stop: (id) => said.push(`stop ${id}`) > 0,
  })
  keepAwake(false)
  keepAwake(true)
  keepAwake(true)
  keepAwake(false)
  keepAwake(false)
  keepAwake(true)
  expect(said).toEqual(['prevent-display-sleep', 'stop 1', 'prevent-display-sleep'])
})
