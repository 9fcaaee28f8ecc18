import { expect, test } from 'vitest'
import { cancellationReasons, isCancellationReason } from './cancellation.ts'

test('the reasons are those of the list, and no name of the language is one', () => {
  for (const key of Object.keys(cancellationReasons)) expect(isCancellationReason(key)).toBe(true)
  for (const key of ['', 'weat', 'WEATHER', 'toString', '__proto__']) expect(isCancellationReason(key)).toBe(false)
})
