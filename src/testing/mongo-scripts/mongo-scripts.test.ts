import { describe, expect, test } from 'vitest'
import { type Asked, recordingDatabase, runScript, validatorSchemas } from './run-script.ts'

const account = { DESK_USER: 'desk-jfk-b12', DESK_PASSWORD: 'secret' }

function makeAccount(env: Readonly<Record<string, string>>, there: Parameters<typeof recordingDatabase>[0] = {}) {
  const { database, asked } = recordingDatabase(there)
  runScript('desk-account.js', { db: database, process: { env }, passwordPrompt: () => 'typed' })
  return asked
}

const named = (asked: readonly Asked[], method: string) => asked.filter(([name]) => name === method)

describe('desk-account.js', () => {
  test('makes the role, the validators and an account that has that role and no other', () => {
    const asked = makeAccount(account)
    expect(named(asked, 'createRole')).toMatchObject([['createRole', { role: 'flightlineDesk', roles: [] }]])
    expect(named(asked, 'createCollection').map(([, name]) => name)).toEqual(['flights', 'broadcasts', 'sessions'])
    expect(named(asked, 'createUser')).toEqual([
      [
        'createUser',
        {
          ...{ user: 'desk-jfk-b12', pwd: 'secret', authenticationRestrictions: [] },
          roles: [{ role: 'flightlineDesk', db: 'flightline' }],
        },
      ],
    ])
  })

  test('brings up to date what exists', () => {
    const asked = makeAccount(account, { accounts: true, collections: ['flights', 'bookings'] })
    expect(asked.map(([method]) => method).sort()).toEqual(
      ['createCollection', 'createCollection', 'runCommand', 'updateRole', 'updateUser'].sort(),
    )
    expect(named(asked, 'runCommand')).toMatchObject([
      ['runCommand', { collMod: 'flights', validationLevel: 'strict', validationAction: 'error' }],
    ])
  })

  test('binds an account to its addresses, and asks for a password that is not given', () => {
    const asked = makeAccount({ DESK_USER: 'desk-1', DESK_ADDRESSES: '10.1.2.3,10.1.2.4/31' })
    expect(named(asked, 'createUser')).toMatchObject([
      ['createUser', { pwd: 'typed', authenticationRestrictions: [{ clientSource: ['10.1.2.3', '10.1.2.4/31'] }] }],
    ])
  })

  test('makes nothing without a name', () => {
    expect(() => makeAccount({})).toThrow('DESK_USER')
  })
})

describe('the role of desks', () => {
  test('is about single collections of this database, and gives no action on all of them', () => {
    const [[, role] = []] = named(makeAccount(account), 'createRole')
    const { privileges } = Object(role)
    for (const { resource, actions } of privileges) {
      expect(resource).toEqual({ db: 'flightline', collection: expect.stringMatching(/^[a-z]+$/) })
      expect(['find', 'insert', 'update', 'remove']).toEqual(expect.arrayContaining(actions))
    }
  })

  test('writes neither accounts of staff, bookings, history nor settings', () => {
    const [[, role] = []] = named(makeAccount(account), 'createRole')
    const written = Object(role)
      .privileges.filter(({ actions }: { actions: string[] }) => actions.some((action) => action !== 'find'))
      .map(({ resource }: { resource: { collection: string } }) => resource.collection)
    expect(written.sort()).toEqual(['broadcasts', 'flights', 'sessions'])
  })
})

describe('the validators', () => {
  // What MongoDB's dialect has (draft 4), as far as it is used; it refuses a validator with any other word.
  const words = new Set([
    ...['bsonType', 'enum', 'properties', 'additionalProperties', 'required', 'items', 'minItems', 'maxItems'],
    ...['minLength', 'maxLength', 'pattern', 'minimum', 'multipleOf', 'oneOf'],
  ])

  test.each(Object.entries(validatorSchemas()))('of %s are in the dialect of MongoDB', (_, schema) => {
    let seen = 0
    const visit = (part: object) => {
      seen += 1
      expect([...words]).toEqual(expect.arrayContaining(Object.keys(part)))
      const { properties = {}, items, oneOf = [], required } = Object(part)
      if (required !== undefined) expect(required.length).toBeGreaterThan(0)
      for (const inner of [...Object.values<object>(properties), ...oneOf, ...(items ? [items] : [])]) visit(inner)
    }
    visit(schema)
    expect(seen).toBeGreaterThan(5)
  })
})

test('set-up.js forms the set, makes the backend’s account, and prepares the database for desks', () => {
  const { database, asked } = recordingDatabase()
  const commands: unknown[] = []
  const admin = {
    adminCommand(command: object) {
      commands.push(JSON.parse(JSON.stringify(command)))
      if ('replSetGetStatus' in command) throw Object.assign(new Error('no config'), { codeName: 'NotYetInitialized' })
    },
    hello: () => ({ isWritablePrimary: true }),
    getSiblingDB: () => database,
  }
  const env = { MONGO_MEMBERS: 'mongo-1:27017', MONGO_ROOT_PASSWORD: 'root', MONGO_FLIGHTLINE_PASSWORD: 'secret' }
  runScript('set-up.js', { process: { env }, connect: () => admin, sleep: () => undefined })
  expect(commands.at(-1)).toMatchObject({ replSetInitiate: { members: [{ host: 'mongo-1:27017', _id: 0 }] } })
  expect(asked.map(([method]) => method)).toEqual([
    'createUser',
    ...['createCollection', 'createCollection', 'createCollection'],
    'createRole',
  ])
})
