import { type Kafka, type Message, Partitioners, type Producer } from 'kafkajs'
import type { Log } from '../../shared/ports/log.ts'
import { backOff, pause } from '../readers/pause.ts'
import { unavailable } from './cluster-link.ts'
import { isFinal, nameFailure } from './error-text.ts'
import { within } from './within.ts'

/** Appends in order, through outages. */
export interface Appender {
  /** @throws FlightlineError `FL_LOG_UNAVAILABLE` once the deadline has passed; it may have been appended all the same */
  append(name: string, messages: readonly Message[]): Promise<void>
  close(): Promise<void>
}

/** What an appender is made from. */
export interface AppenderParts {
  readonly kafka: Kafka
  readonly logger: Log
  /** Milliseconds. */
  readonly deadline: number
}

/** A part of one append that fits into one request. */
interface Chunk {
  readonly messages: readonly Message[]
  readonly bytes: number
  readonly until: number
  readonly done: () => void
  readonly fail: (error: Error) => void
}

interface AppenderState {
  readonly parts: AppenderParts
  readonly stop: AbortController
  readonly queues: Map<string, Chunk[]>
  readonly pumps: Map<string, Promise<void>>
  producer: Producer | undefined
}

// A broker refuses a batch above 1 MiB by default, and all messages of a request may go to one partition.
const CHUNK_BYTES = 512 * 1024
const CHUNK_COUNT = 1_000
const OVERHEAD = 100

/**
 * One request at a time and topic; what is appended meanwhile goes out together with the next one. That keeps order
 * without the library's idempotent producer, whose sequence breaks on reconnects.
 */
export function createAppender(parts: AppenderParts): Appender {
  const state: AppenderState = {
    parts,
    stop: new AbortController(),
    queues: new Map(),
    pumps: new Map(),
    producer: undefined,
  }
  return {
    append: (name, messages) => append(state, name, messages),
    async close() {
      state.stop.abort()
      await within(2_000, Promise.all(state.pumps.values()))
      await discard(state)
    },
  }
}

async function append(state: AppenderState, name: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return
  if (state.stop.signal.aborted) throw unavailable(new Error('closed'))
  const queue = state.queues.get(name) ?? []
  state.queues.set(name, queue)
  const until = Date.now() + state.parts.deadline
  const settled = splitByBytes(messages).map(({ part, bytes }) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    queue.push({ messages: part, bytes, until, done: resolve, fail: reject })
    return promise
  })
  if (!state.pumps.has(name)) {
    state.pumps.set(
      name,
      pump(state, name, queue).finally(() => state.pumps.delete(name)),
    )
  }
  await Promise.all(settled)
}

function splitByBytes(messages: readonly Message[]): readonly { readonly part: Message[]; readonly bytes: number }[] {
  const parts: { part: Message[]; bytes: number }[] = []
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.value ?? '') + Buffer.byteLength(message.key ?? '') + OVERHEAD
    const last = parts.at(-1)
    if (last && fits(last.bytes + bytes, last.part.length + 1)) {
      last.part.push(message)
      last.bytes += bytes
    } else parts.push({ part: [message], bytes })
  }
  return parts
}

const fits = (bytes: number, count: number) => bytes <= CHUNK_BYTES && count <= CHUNK_COUNT

/** Whatever waits behind a failed request fails with it: sent alone, it would overtake. */
async function pump(state: AppenderState, name: string, queue: Chunk[]): Promise<void> {
  while (queue.length > 0) {
    const chunks = takeTogether(queue)
    try {
      await persist(state, name, chunks)
      for (const { done } of chunks) done()
    } catch (cause) {
      for (const { fail } of [...chunks, ...queue.splice(0)]) fail(unavailable(cause))
    }
  }
}

function takeTogether(queue: Chunk[]): readonly Chunk[] {
  let [bytes, count, taken] = [0, 0, 0]
  for (const chunk of queue) {
    bytes += chunk.bytes
    count += chunk.messages.length
    if (taken > 0 && !fits(bytes, count)) break
    taken += 1
  }
  return queue.splice(0, taken)
}

async function persist(state: AppenderState, name: string, chunks: readonly Chunk[]): Promise<void> {
  const { signal } = state.stop
  const messages = chunks.flatMap((chunk) => chunk.messages)
  const until = Math.min(...chunks.map((chunk) => chunk.until))
  for (let attempt = 0; ; attempt += 1) {
    try {
      await send(state, name, messages)
      return
    } catch (error) {
      if (signal.aborted || isFinal(error) || Date.now() >= until) throw error
      const problem = nameFailure(error)
      state.parts.logger.warn({ topic: name, count: messages.length, attempt, problem }, 'append failed, trying again')
      await discard(state)
      await pause(Math.min(backOff(attempt, 1_000), Math.max(0, until - Date.now())), signal)
    }
  }
}

async function send(state: AppenderState, topic: string, messages: Message[]): Promise<void> {
  const producer = await connect(state)
  await producer.send({ topic, messages, acks: -1, timeout: 5_000 })
}

async function connect(state: AppenderState): Promise<Producer> {
  if (state.producer) return state.producer
  const producer = state.parts.kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    maxInFlightRequests: 1,
    metadataMaxAge: 30_000,
    // Few: after that a fresh producer is made, which forgets whatever confused this one.
    retry: { retries: 1, initialRetryTime: 50, maxRetryTime: 200 },
  })
  await producer.connect()
  state.producer = producer
  return producer
}

async function discard(state: AppenderState): Promise<void> {
  const { producer } = state
  state.producer = undefined
  if (producer) await within(2_000, producer.disconnect())
}
