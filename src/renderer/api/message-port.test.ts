import { implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { expect, test } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import type { Actor } from '../../shared/domain/role.ts'
import { createPortTransport } from './message-port.ts'

const gate: Actor = { name: 'gate', role: 'gate', stations: ['JFK'] }

interface Desk {
  readonly ports: MessagePort[]
  /** Thrown instead of saying who is signed in. */
  problem?: Error
  handOver(port: MessagePort): void
}

/** Main's side: all ports share the session of the desktop. */
function createDesk() {
  const ports: MessagePort[] = []
  let actor: Actor | null = null
  const desk: Desk = {
    ports,
    handOver(port: MessagePort) {
      const { session } = implement(contract)
      const router = {
        session: {
          current: session.current.handler(() => {
            if (desk.problem) throw desk.problem
            return actor && { ...actor }
          }),
          signIn: session.signIn.handler(({ input }) => {
            if (input.password !== 'right') throw new ORPCError('FL_SIGN_IN_REFUSED', { message: 'wrong' })
            actor = gate
            return gate
          }),
          signOut: session.signOut.handler(() => {
            actor = null
          }),
        },
      }
      new RPCHandler(router).upgrade(port)
      port.start()
      ports.push(port)
    },
  }
  return desk
}

test('the connection that was signed in is the one that is used', async () => {
  const desk = createDesk()
  const transport = createPortTransport(desk)
  await transport.signIn({ name: 'gate', password: 'right' })
  const { client, close } = await transport.connect()
  expect(await client.session.current()).toEqual(gate)
  expect(desk.ports).toHaveLength(1)
  close()
})

test('a refused sign-in keeps the words of the other side', async () => {
  const transport = createPortTransport(createDesk())
  await expect(transport.signIn({ name: 'gate', password: 'wrong' })).rejects.toMatchObject({
    kind: 'refused',
    code: 'FL_SIGN_IN_REFUSED',
    message: 'wrong',
  })
  ;(await transport.connect()).close()
})

test('a connection that is opened later belongs to the same person', async () => {
  const desk = createDesk()
  await createPortTransport(desk).signIn({ name: 'gate', password: 'right' })
  const { client, close } = await createPortTransport(desk).connect()
  expect(await client.session.current()).toEqual(gate)
  close()
})

test('whoever signs out without a connection is signed out all the same', async () => {
  const desk = createDesk()
  await createPortTransport(desk).signIn({ name: 'gate', password: 'right' })
  const transport = createPortTransport(desk)
  await transport.signOut()
  const { client, close } = await transport.connect()
  expect(await client.session.current()).toBeNull()
  close()
})

test.each([
  ['FL_DESK_UNAVAILABLE', 'unreachable'],
  ['FL_STORE_UNAVAILABLE', 'unreachable'],
  ['FL_INTERNAL', 'unreachable'],
  ['FL_SESSION_EXPIRED', 'signed-out'],
])('when the other side says %s, the desk is %s', async (code, failure) => {
  const desk = createDesk()
  desk.problem = new ORPCError(code)
  await expect(createPortTransport(desk).connect()).rejects.toMatchObject({ failure })
})

test('signing out ends the session', async () => {
  const transport = createPortTransport(createDesk())
  await transport.signIn({ name: 'gate', password: 'right' })
  const { client, close } = await transport.connect()
  await transport.signOut()
  expect(await client.session.current()).toBeNull()
  close()
})

test('a port that main closes ends the connection, and the next one is new', async () => {
  const desk = createDesk()
  const transport = createPortTransport(desk)
  const first = await transport.connect()
  desk.ports[0]?.close()
  await first.closed
  const second = await transport.connect()
  expect(desk.ports).toHaveLength(2)
  second.close()
  await second.closed
})

test('a port that nobody answers is unreachable', async () => {
  const transport = createPortTransport({ handOver: () => undefined, patience: 20 })
  await expect(transport.connect()).rejects.toMatchObject({ failure: 'unreachable' })
})
