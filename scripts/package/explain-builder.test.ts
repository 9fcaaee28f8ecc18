import { expect, test } from 'vitest'
import { explainBuilder } from './explain-builder.ts'

test('a binary that cannot be downloaded is told in one line that says what to do', () => {
  const line = explainBuilder(
    '  ⨯ getaddrinfo ENOTFOUND github.com  failedTask=build stackTrace=RequestError: getaddrinfo',
  )
  expect(line).toContain('electronDist')
  expect(line).not.toContain('\n')
})

test('what is not known is not explained', () => {
  expect(explainBuilder('  ⨯ Application entry file "out/main/index.js" does not exist')).toBeUndefined()
})
