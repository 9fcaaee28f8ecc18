import { expect, test } from 'vitest'
import { describeStart } from './print-welcome.ts'

const backend = { url: 'http://127.0.0.1:8080', departures: 979 }
const names = ['gate', 'admin']

test('the start tells where to look and shows a password that was just made up', () => {
  const text = describeStart({ ...backend, accounts: { names, origin: 'made', password: 'abcd-efgh' } }, 1.234)
  expect(text).toContain('979 departures on the board after 1.2 s')
  expect(text).toContain('http://127.0.0.1:8080/console/')
  expect(text).toContain('gate, admin')
  expect(text).toContain('Password      abcd-efgh')
})

test('later starts say where the password is to be found', () => {
  expect(describeStart({ ...backend, accounts: { names, origin: 'earlier' } }, 1)).toContain(
    'printed at the first start',
  )
  expect(describeStart({ ...backend, accounts: { names, origin: 'settings' } }, 1)).toContain(
    'Password      as set in FLIGHTLINE_ADMIN_PASSWORD',
  )
})
