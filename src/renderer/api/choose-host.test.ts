import { expect, test } from 'vitest'
import { isServedByBackend } from './choose-host.ts'

test.each([
  'http://127.0.0.1:8080/console/',
  'https://ops.example.com/console/',
  'https://ops.example.com/flightline/console/index.html',
  'http://localhost:8080/console/?x=1#y',
])('%s is served by a backend', (page) => {
  expect(isServedByBackend(page)).toBe(true)
})

test.each(['app://console/index.html', 'http://localhost:5173/', 'https://console.app.test/index.html'])(
  '%s is hosted by the desktop',
  (page) => {
    expect(isServedByBackend(page)).toBe(false)
  },
)
