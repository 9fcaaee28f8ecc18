import { expect, test } from 'vitest'
import { COMMAND_VALIDITY, hasRunOut, validUntil } from './command-validity.ts'

const command = { validUntil: validUntil(1_000) }

test('a command is valid for half an hour from the moment at which the person acted', () => {
  expect(command.validUntil).toBe(1_000 + 1_800_000)
  expect(COMMAND_VALIDITY).toBe(1_800_000)
})

test('the last moment is in time, the next one is not', () => {
  expect(hasRunOut(command, 1_801_000)).toBe(false)
  expect(hasRunOut(command, 1_801_001)).toBe(true)
})
