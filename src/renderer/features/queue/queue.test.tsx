import { expect, test } from 'vitest'
import { consoleCommand } from '../../../testing/fixtures/console-command.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { QueueBadge } from './queue-badge.tsx'
import { Queue } from './queue-drawer.tsx'

const command = consoleCommand()

test('with nothing in the queue there is no badge', () => {
  expect(readScreen(<QueueBadge />, idleConsole())).toBe('')
})

test('the badge counts', () => {
  const console = idleConsole()
  console.commands.setState({ pending: [{ command, stage: 'waiting' }] })
  expect(readScreen(<QueueBadge />, console)).toBe('1 waiting')
})

test('a waiting change shows what, since when and until when, and can be put away but not done again', () => {
  const console = idleConsole()
  console.commands.setState({ pending: [{ command, stage: 'waiting' }] })
  const screen = readScreen(<Queue />, console)
  expect(screen).toContain('B6 739 Waiting JFK to BOS')
  expect(screen).toContain('Gate B3 [to] B12')
  expect(screen).toMatch(/Made .* ago \(13:00 EST\), valid until 13:30 EST/)
  expect(screen).toContain('Put away')
  expect(screen).not.toContain('Do again')
})

test('a change that was not made says why, and can be done again', () => {
  const console = idleConsole()
  console.commands.setState({ failed: [{ command, kind: 'refused', words: 'not your station' }] })
  const screen = readScreen(<Queue />, console)
  expect(screen).toContain('Refused')
  expect(screen).toContain('not your station')
  expect(screen).toContain('Do again on what is there now')
})

test('a change that is being sent can only be looked at', () => {
  const console = idleConsole()
  console.commands.setState({ pending: [{ command, stage: 'sending' }] })
  const screen = readScreen(<Queue />, console)
  expect(screen).toContain('Being sent')
  expect(screen).not.toContain('Put away')
})
