import { join } from 'node:path'
import type { PushLimits } from '../../../backend/push/parts.ts'
import { openDatabase } from '../../node/embedded/database.ts'
import { createEmbeddedLog } from '../../node/embedded/event-log.ts'
import { openEmbeddedStores } from '../../node/embedded/open-stores.ts'
import { amend, type FactsPatch } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { encodeDepartureChanged } from '../../shared/events/departure-changed.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'
import { creation, feedStamp } from '../fixtures/amendment.ts'
import { silentLog } from '../fixtures/logs.ts'
import { freePorts } from '../services/free-port.ts'
import { createTemporaryFolder } from '../services/temporary-folder.ts'
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts'

/** A gateway in a process of its own, and the file that it reads; we write to that file, so the gateway may be killed. */
export interface GatewayWorld extends AsyncDisposable {
  readonly url: string
  /** The process that serves now. */
  gateway(): GatewayProcess
  /** Ends it and starts another on the same port. @returns when that listens */
  replace(signal: 'SIGTERM' | 'SIGKILL', meanwhile?: () => Promise<void>): Promise<void>
  /** Accepts an edit and publishes it. */
  edit(id: string, patch: FactsPatch): Promise<void>
  /** The newest record of each departure that has one. */
  latest(): readonly LogRecord[]
  /** The revision of each departure. */
  present(): ReadonlyMap<string, number>
}

/** Starts a world. The departures of `seed` are in the store; the log has nothing about any of them. */
export async function openGatewayWorld(
  seed: readonly Departure[],
  limits: Partial<PushLimits> = {},
): Promise<GatewayWorld> {
  const folder = await createTemporaryFolder('gateway')
  const [port = 0] = await freePorts(1)
  const file = join(folder.path, 'flightline.db')
  const writer = await openWriter(file, seed)
  const start = () => startGatewayProcess({ file, port, limits })
  let gateway = await start()
  return {
    ...writer,
    url: `ws://127.0.0.1:${port}/ws`,
    gateway: () => gateway,
    async replace(signal, meanwhile = async () => undefined) {
      await gateway.end(signal)
      await meanwhile()
      gateway = await start()
    },
    async [Symbol.asyncDispose]() {
      await gateway.end('SIGKILL')
      writer.close()
      await folder.remove()
    },
  }
}

type Writer = Pick<GatewayWorld, 'edit' | 'latest' | 'present'> & { close(): void }

async function openWriter(file: string, seed: readonly Departure[]): Promise<Writer> {
  const database = openDatabase({ file, logger: silentLog() })
  const { departures } = openEmbeddedStores(database)
  const log = createEmbeddedLog(database, silentLog())
  const inserted = seed.map((departure) => creation(departure))
  await departures.commitAll(inserted)
  await departures.markPublished(inserted.map(({ change }) => change))
  const present = new Map(seed.map(({ id, revision }) => [id, revision]))
  const latest = new Map<string, LogRecord>()
  let offset = 0
  return {
    latest: () => [...latest.values()],
    present: () => present,
    async edit(id, patch) {
      const previous = await departures.get(id)
      const made = previous && amend(previous, patch, feedStamp())
      if (!made) throw new Error(`the patch changes nothing of ${id}`)
      await departures.commit(made)
      const message = encodeDepartureChanged({ departure: made.next, change: made.change })
      // Noted before it is there: a client may be told of it before we are told that it was appended.
      latest.set(id, { topic: 'flight_updates', partition: 0, offset, key: id, value: message.value })
      offset += 1
      present.set(id, made.next.revision)
      await log.append('flight_updates', [message])
      await departures.markPublished([made.change])
    },
    close: () => database.close(),
  }
}
