import { join } from 'node:path'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import { awaitLine, startHelper } from './helper-process.ts'
import { readUsage } from './process-usage.ts'
import type { Source } from './source.ts'

/** A topic on a broker. */
export interface KafkaPlace {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
}

/** What one load was. */
export interface Produced {
  readonly changes: number
  /** From the first change to the broker's confirmation of the last one, in seconds. */
  readonly seconds: number
  /** When the last change was accepted. */
  readonly lastAt: Instant
  /** Of every departure, from now on. */
  readonly revisions: readonly number[]
}

/** Writes changes to Kafka, in a process of its own: else the bench's one thread would be what is measured. */
export interface KafkaProducer extends AsyncDisposable {
  /** Produces at an even pace, as long as the broker keeps up; resolves when everything is confirmed. */
  produce(perSecond: number, seconds: number): Promise<Produced>
  /** Seconds of processor time. */
  cpu(): number
}

/** Starts it; its changes are those of a source with the same departures as `source`. */
export async function startKafkaProducer(source: Source, place: KafkaPlace): Promise<KafkaProducer> {
  const { departures } = source
  const firstAt = departures[0]?.scheduledAt ?? 0
  const program = join(import.meta.dirname, '..', 'peers', 'kafka-producer-process.ts')
  const args = [program, place.brokers.join(','), place.topicPrefix, String(departures.length), String(firstAt)]
  const helper = startHelper({ command: process.execPath, args, env: { NODE_ENV: 'production' } })
  await awaitLine(helper, (line) => line === 'ready')
  return {
    async produce(perSecond, seconds) {
      const ended = awaitLine(helper, (line) => line.startsWith('{"changes"'))
      await helper.write(`${perSecond} ${seconds}\n`)
      return JSON.parse(await ended)
    },
    cpu() {
      const { user, system } = readUsage([helper.pid])
      return user + system
    },
    [Symbol.asyncDispose]: helper[Symbol.asyncDispose],
  }
}
