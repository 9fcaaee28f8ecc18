import type { CommandStartedEvent } from 'mongodb'
import { expect, inject, test } from 'vitest'
import { describeDeskApi } from '../../testing/contracts/desk-api.contract.ts'
import { type DeskTraffic, openMongoDesktops } from '../../testing/fixtures/mongo-desk-side.ts'
import { deskPrivileges } from '../../testing/mongo-scripts/run-script.ts'
import '../../testing/services/provided-context.ts'

const traffic: DeskTraffic = { commands: [], refused: [], checked: 0 }
const privileges = deskPrivileges()

/** Commands that need no privilege: about the connection, or about a cursor that was opened with one. */
const free = new Set(['hello', 'ping', 'endSessions', 'getMore', 'killCursors'])

/** What a command needs, as MongoDB's manual lists it; one that is not named here is not allowed at all. */
function neededActions({ commandName, command }: Pick<CommandStartedEvent, 'commandName' | 'command'>): string[] {
  switch (commandName) {
    case 'find':
      return ['find']
    case 'aggregate':
      return command.pipeline.some((stage: object) => '$out' in stage || '$merge' in stage) ? ['forbidden'] : ['find']
    case 'insert':
      return ['insert']
    case 'update':
      return command.updates.some(({ upsert }: { upsert?: boolean }) => upsert) ? ['update', 'insert'] : ['update']
    case 'delete':
      return ['remove']
    case 'findAndModify':
      return ['find', command.remove ? 'remove' : 'update', ...(command.upsert ? ['insert'] : [])]
    default:
      return ['forbidden']
  }
}

/** What the role of desks would refuse: the command, its collection, and the actions that are missing. */
function refusalOf(event: Pick<CommandStartedEvent, 'commandName' | 'command'>): string | undefined {
  if (free.has(event.commandName)) return undefined
  const collection = String(event.command[event.commandName])
  const missing = neededActions(event).filter((action) => !privileges.get(collection)?.includes(action))
  return missing.length > 0 ? `${event.commandName} ${collection}: ${missing.join(', ')}` : undefined
}

test.each([
  ['createIndexes', { createIndexes: 'flights' }],
  ['insert', { insert: 'flights', documents: [] }],
  ['delete', { delete: 'flights', deletes: [] }],
  ['update', { update: 'staff', updates: [{}] }],
  ['update', { update: 'flights', updates: [{ upsert: true }] }],
  ['findAndModify', { findAndModify: 'flights', remove: true }],
  ['find', { find: 'subscriptions' }],
  ['find', { find: 'mailbox' }],
  ['find', { find: 'leases' }],
  ['aggregate', { aggregate: 'flights', pipeline: [{ $out: 'x' }] }],
])('the role refuses what no desk sends: %s %o', (commandName, command) => {
  expect(refusalOf({ commandName, command })).toBeDefined()
})

describeDeskApi('MongoDB with the rights of a desk', () => openMongoDesktops(inject('mongoUrl'), traffic))

test('all of it was allowed, and the role allows nothing that no desk needs', () => {
  const refused = traffic.commands.flatMap((event) => refusalOf(event) ?? [])
  expect([...new Set(refused)]).toEqual([])
  const used = traffic.commands
    .filter(({ commandName }) => !free.has(commandName))
    .flatMap((event) => neededActions(event).map((action) => `${event.command[event.commandName]} ${action}`))
  const allowed = [...privileges].flatMap(([collection, actions]) => actions.map((action) => `${collection} ${action}`))
  expect(allowed.sort()).toEqual([...new Set(used)].sort())
})

test('what desks and backend wrote is what the validators take', () => {
  expect(traffic.refused).toEqual([])
  expect(traffic.checked).toBeGreaterThan(100)
})
