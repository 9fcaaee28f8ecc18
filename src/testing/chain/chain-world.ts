import { randomUUID } from 'node:crypto'
import type { Departure } from '../../shared/domain/departure.ts'
import { connectPush, type PushClient } from '../push/push-client.ts'
import { type ConsoleConnection, connectConsole, signIn } from './console-client.ts'
import { importDay } from './import-day.ts'
import { createStationDay, type StationDay, type StationSize } from './station.ts'
import { type ChainSystem, type SystemOptions, startSystem } from './system.ts'

/** A running system with a day in it and an administrator at a console. */
export interface ChainWorld extends AsyncDisposable {
  readonly system: ChainSystem
  readonly url: string
  readonly cookie: string
  readonly day: StationDay
  readonly console: ConsoleConnection
  /** A flight of the day by its place. */
  flight(index: number): string
  /** As the console's board shows it. */
  see(id: string): Promise<Departure>
  /** What every command carries. */
  command(id: string): Promise<{ readonly id: string; readonly revision: number; readonly commandId: string }>
  /** A passenger's page that follows one flight. */
  follow(id: string): Promise<PushClient>
}

/** Starts one. */
export async function openChainWorld(options: SystemOptions, size: StationSize): Promise<ChainWorld> {
  await using stack = new AsyncDisposableStack()
  const system = stack.use(await startSystem(options))
  const { url } = system.backend
  const cookie = await signIn(url)
  const day = createStationDay(size, Date.now())
  await importDay(url, cookie, day)
  const console = stack.adopt(await connectConsole(url, cookie), (connection) => connection.close())
  const see = (id: string) => look(console, id)
  // What was imported is on its way through the log: a test's own changes come after it.
  for (const id of day.departureIds) await see(id)
  const running = stack.move()
  return {
    ...{ system, url, cookie, day, console, see },
    flight: (index) => day.departureIds[index] ?? '',
    command: async (id) => ({ id, revision: (await see(id)).revision, commandId: randomUUID() }),
    async follow(id) {
      const client = running.adopt(await connectPush(`${url.replace('http', 'ws')}/ws`), ({ socket }) => socket.close())
      client.send({ op: 'follow', flights: { [id]: 0 } })
      await client.waitFor('snapshot')
      return client
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** The board may be a moment behind the import. */
async function look({ client }: ConsoleConnection, id: string): Promise<Departure> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { departures } = await client.departures.list()
    const found = departures.find((departure) => departure.id === id)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${id} is not on the board`)
}
