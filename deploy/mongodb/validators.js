// For mongosh: what a document must look like in the collections that desks write to, whoever writes. Loaded by set-up.js and
// desk-account.js; tests compare it with what the backend and a desk really write.

const instant = { bsonType: 'date' }
const count = { bsonType: 'number', minimum: 0, multipleOf: 1 }
const wallClock = { bsonType: 'number', minimum: 0 }
const text = (maxLength) => ({ bsonType: 'string', maxLength })
const id = {
  bsonType: 'string',
  pattern: '^[A-Z0-9]{2}[1-9][0-9]{0,3}[A-Z]?-[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]{3}([.][0-9]{1,2})?$',
}
const place = { bsonType: 'string', pattern: '^[A-Z0-9]{1,6}$' }
const source = { enum: ['schedule', 'feed', 'desk', 'import', 'external'] }
const closed = (properties, required = Object.keys(properties)) => ({
  bsonType: 'object',
  additionalProperties: false,
  properties,
  // MongoDB takes no empty list.
  ...(required.length > 0 && { required }),
})

const instants = [
  ...['scheduledAt', 'estimatedAt', 'feedEstimatedAt', 'boardingAt', 'finalCallAt', 'gateClosedAt', 'offBlockAt'],
  ...[
    'takeOffAt',
    'returnedAt',
    'scheduledArrivalAt',
    'estimatedArrivalAt',
    'landedAt',
    'inBlockAt',
    'nextInformationAt',
  ],
]

const origin = closed({ source, at: wallClock, by: text(64) }, ['source', 'at'])

/** The facts of a departure as Flightline writes them. */
const facts = {
  ...Object.fromEntries(instants.map((name) => [name, instant])),
  terminal: place,
  gate: place,
  stand: place,
  aircraft: closed({ registration: text(20), type: text(60) }, []),
  delays: {
    bsonType: 'array',
    maxItems: 8,
    items: closed({ scheme: { enum: ['AHM730'] }, code: text(2), sub: text(1), minutes: count }, [
      'scheme',
      'code',
      'minutes',
    ]),
  },
  cancelled: closed({ at: instant, reason: text(4) }, ['at']),
  diverted: closed({ airport: text(4), at: instant }, ['at']),
  conflicts: { bsonType: 'array', maxItems: 8, items: closed({ kind: text(40), value: instant, source, at: instant }) },
  remark: text(2_000),
}

/**
 * The same where other systems may write: of the right type or null. What is of the right type and not legal all the same
 * is put back by the relay, which says why.
 */
const open = Object.fromEntries(
  Object.entries(facts).map(([name, { bsonType }]) => [name, { bsonType: [bsonType, 'null'] }]),
)

const identity = {
  carrier: text(2),
  number: text(4),
  suffix: text(1),
  originDate: text(10),
  origin: text(3),
  originZone: text(64),
  destination: text(4),
  destinationZone: text(64),
  codeshares: { bsonType: 'array', maxItems: 40, items: text(10) },
  demo: { bsonType: 'bool' },
}
const always = Object.keys(identity).filter((name) => name !== 'destinationZone')

const flights = closed(
  {
    _id: id,
    identity: closed(identity, always),
    ...identity,
    ...open,
    accepted: closed(facts, ['scheduledAt']),
    sources: closed(Object.fromEntries(Object.keys(facts).map((name) => [name, origin])), []),
    revision: { ...count, minimum: 1 },
    updatedAt: instant,
    outbox: {
      bsonType: 'array',
      maxItems: 64,
      items: closed({ revision: { ...count, minimum: 1 }, at: instant, change: text(65_536), departure: text(65_536) }),
    },
    commands: { bsonType: 'array', maxItems: 32, items: closed({ id: text(200), revision: { ...count, minimum: 1 } }) },
  },
  ['_id', 'identity', 'accepted', 'sources', 'revision', 'updatedAt', 'outbox', 'commands', ...always],
)

const flightIds = { bsonType: 'array', minItems: 1, maxItems: 5_000, items: id }
const filter = closed(
  { origin: text(3), destination: text(4), carrier: text(2), date: text(10), status: text(20), delayedAtLeast: count },
  [],
)

const broadcasts = closed({
  _id: text(64),
  commandId: text(64),
  by: text(64),
  audience: { bsonType: 'object', oneOf: [closed({ flightIds }), closed({ filter })] },
  departureIds: flightIds,
  text: { ...text(1_000), minLength: 1 },
  severity: { enum: ['info', 'warning', 'critical'] },
  channels: { bsonType: 'array', minItems: 1, maxItems: 8, items: text(16) },
  createdAt: wallClock,
  validUntil: wallClock,
  passengers: count,
  isPublished: { bsonType: 'bool' },
})

const tokenHash = { bsonType: 'string', pattern: '^[0-9a-f]{64}$' }
const sessions = closed({
  _id: tokenHash,
  tokenHash,
  name: { ...text(64), minLength: 1 },
  createdAt: wallClock,
  idleAt: wallClock,
  endsAt: wallClock,
})

globalThis.flightlineValidators = {
  schemas: { flights, broadcasts, sessions },

  /** Lays the validators on the collections; one that is missing is made. Existing documents are not touched. */
  apply(database) {
    const known = new Set(database.getCollectionNames())
    for (const [collection, schema] of Object.entries(this.schemas)) {
      const rule = { validator: { $jsonSchema: schema }, validationLevel: 'strict', validationAction: 'error' }
      if (known.has(collection)) database.runCommand({ collMod: collection, ...rule })
      else database.createCollection(collection, rule)
    }
  },
}
