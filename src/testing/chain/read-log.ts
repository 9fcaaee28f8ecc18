import { decodeDepartureChanged } from '../../shared/events/departure-changed.ts'
import type { EventLog, LogRecord, Topic } from '../../shared/ports/event-log.ts'
import { eventually } from '../fixtures/eventually.ts'

/** A change as it stands on the log. */
export interface LoggedChange {
  readonly id: string
  readonly departureId: string
  readonly revision: number
  readonly commandId: string | undefined
}

/** Everything on a topic, per partition in order. */
async function readTopic(log: EventLog, topic: Topic): Promise<readonly LogRecord[]> {
  const [from, until] = [await log.beginning(topic), await log.end(topic)]
  const records: LogRecord[] = []
  const reached = [...from.offsets]
  const reader = await log.tail(topic, from, {
    async handle(batch) {
      records.push(...batch)
      for (const { partition, offset } of batch) reached[partition] = offset + 1
    },
  })
  await eventually(() => until.offsets.every((offset, partition) => (reached[partition] ?? 0) >= offset), 30_000)
  await reader.close()
  return records
}

/** All changes on the log, repetitions included. */
export async function readChanges(log: EventLog): Promise<readonly LoggedChange[]> {
  const records = await readTopic(log, 'flight_updates')
  return records.map(({ key, value }) => {
    const { change } = decodeDepartureChanged(value)
    if (key !== change.departureId) throw new Error(`${change.id} stands under the key ${key}`)
    return { id: change.id, departureId: change.departureId, revision: change.revision, commandId: change.commandId }
  })
}
