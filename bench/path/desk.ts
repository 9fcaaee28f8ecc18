import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '../../src/shared/api/contract.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'

/** A signed-in console without its screen. */
export interface Desk {
  readonly client: ContractRouterClient<Contract>
  close(): void
}

/** Signs in as `admin` and opens the console's socket. */
export async function openDesk(url: string): Promise<Desk> {
  const cookie = await signIn(url)
  const socket = new WebSocket(`${url.replace('http', 'ws')}/console/rpc`, { headers: { cookie, origin: url } })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  // Reason for the cast: ws and the browser's WebSocket differ in types of events that the link does not use.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { client: createORPCClient(link), close: () => socket.terminate() }
}

/** The session cookie of a sign-in. */
export async function signIn(url: string, name = 'admin'): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: TEST_PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`sign-in answered ${answer.status}`)
  return cookie
}

/** What an editor did. */
export interface Edits {
  readonly accepted: ReadonlySet<string>
  /** From sending a command to its answer, in milliseconds. */
  readonly answered: readonly number[]
}

/**
 * Changes gates at an even pace, each time of another departure, and waits for no answer before the next edit.
 * @param pace - edits per second and for how many seconds
 */
export async function editGates(
  { client }: Desk,
  departures: readonly Departure[],
  pace: { readonly perSecond: number; readonly seconds: number },
): Promise<Edits> {
  const accepted = new Set<string>()
  const answered: number[] = []
  const revisions = new Map(departures.map((departure) => [departure.id, departure.revision]))
  const edit = async (index: number) => {
    const { id } = pick(departures, index)
    const startedAt = performance.now()
    const gate = `C${index % 90}`
    const revision = revisions.get(id) ?? 1
    const answer = await client.departures.setGate({ id, revision, commandId: crypto.randomUUID(), gate })
    answered.push(performance.now() - startedAt)
    revisions.set(id, answer.revision)
    if (answer.revision > revision) accepted.add(`${id}:${answer.revision}`)
  }
  const startedAt = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < pace.perSecond * pace.seconds; index += 1) {
    const wait = startedAt + (index * 1000) / pace.perSecond - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    running.push(edit(index))
  }
  await Promise.all(running)
  return { accepted, answered }
}

function pick(departures: readonly Departure[], index: number): Departure {
  const departure = departures[index % departures.length]
  if (!departure) throw new Error('no departure can be edited')
  return departure
}
