import {
  type BatchHandler,
  type EventLog,
  type LogMessage,
  type LogPosition,
  type LogReader,
  type LogRecord,
  type TailReader,
  type Topic,
  topics,
} from '../../shared/ports/event-log.ts'

interface Tail {
  readonly reader: TailReader
  next: number[]
  running: Promise<void>
  closed: boolean
}

interface TopicState {
  epoch: string
  partitions: LogRecord[][]
  readonly tails: Set<Tail>
  readonly dead: { record: LogRecord; reason: string }[]
  readonly appended: ((record: LogRecord) => void)[]
}

/** A log in memory that a test can make fail. Nothing is durable and groups are not told apart. */
export interface MemoryLog extends EventLog {
  /** What `append` and `bury` throw, until it is set to `undefined`. */
  failWith(error: Error | undefined): void
  /** Called before each append: to stop a writer at a certain point. */
  onAppend(hook: (topic: Topic, messages: readonly LogMessage[]) => Promise<void>): void
  /** Called with each record that was appended. */
  onAppended(listener: (record: LogRecord) => void): void
  /** All records of a topic, partition by partition. */
  records(topic: Topic): readonly LogRecord[]
  /** Ends the life of a topic: records are gone, the epoch is another. */
  recreate(topic: Topic): void
  /** Appends one raw value, past every check. */
  inject(topic: Topic, value: string | undefined, partition?: number): void
  /** Resolves when every reader has handled what is there. */
  settled(): Promise<void>
}

interface MemoryState {
  readonly byTopic: ReadonlyMap<Topic, TopicState>
  failure: Error | undefined
  hook: (topic: Topic, messages: readonly LogMessage[]) => Promise<void>
}

/** Opens a log in memory with that many partitions per topic. */
export function memoryLog(partitions = 1): MemoryLog {
  const byTopic = new Map(topics.map((topic) => [topic, emptyTopic(partitions)]))
  const state: MemoryState = { byTopic, failure: undefined, hook: async () => undefined }
  const of = (topic: Topic) => byTopic.get(topic) ?? emptyTopic(partitions)
  return {
    async append(topic, messages) {
      await state.hook(topic, messages)
      if (state.failure) throw state.failure
      for (const { key, value } of messages) add(of(topic), { topic, key, value }, hash(key) % partitions)
    },
    end: async (topic) => ({ epoch: of(topic).epoch, offsets: of(topic).partitions.map(({ length }) => length) }),
    beginning: async (topic) => ({ epoch: of(topic).epoch, offsets: of(topic).partitions.map(() => 0) }),
    tail: async (topic, from, reader) => openTail(of(topic), from, reader),
    async consume(topic, _options, handle) {
      return openTail(of(topic), { epoch: of(topic).epoch, offsets: [] }, { handle })
    },
    async bury(record, reason) {
      if (state.failure) throw state.failure
      of(record.topic).dead.push({ record, reason })
    },
    buried: async (topic) => of(topic).dead,
    lag: async () => 0,
    close: async () => undefined,
    failWith: (error) => {
      state.failure = error
    },
    onAppend: (hook) => {
      state.hook = hook
    },
    onAppended(listener) {
      for (const topic of byTopic.values()) topic.appended.push(listener)
    },
    records: (topic) => of(topic).partitions.flat(),
    recreate: (topic) => recreate(of(topic)),
    inject: (topic, value, partition = 0) => add(of(topic), { topic, key: 'injected', value }, partition),
    settled: () => settle([...byTopic.values()]),
  }
}

function emptyTopic(partitions: number): TopicState {
  const epoch = `life-${crypto.randomUUID().slice(0, 8)}`
  return { epoch, partitions: Array.from({ length: partitions }, () => []), tails: new Set(), dead: [], appended: [] }
}

function add(state: TopicState, record: Pick<LogRecord, 'topic' | 'key' | 'value'>, partition: number): void {
  const records = state.partitions[partition] ?? []
  const added: LogRecord = { ...record, partition, offset: records.length }
  records.push(added)
  for (const tell of state.appended) tell(added)
  for (const tail of state.tails) wake(state, tail)
}

function openTail(state: TopicState, from: LogPosition, reader: TailReader): LogReader {
  const tail: Tail = { reader, next: [...from.offsets], running: Promise.resolve(), closed: false }
  state.tails.add(tail)
  if (from.epoch !== state.epoch) restart(state, tail)
  wake(state, tail)
  return {
    async close() {
      tail.closed = true
      state.tails.delete(tail)
      await tail.running
    },
  }
}

function restart(state: TopicState, tail: Tail): void {
  tail.next = []
  tail.reader.onLost?.({ epoch: state.epoch, offsets: state.partitions.map(() => 0) })
}

function recreate(state: TopicState): void {
  const fresh = emptyTopic(state.partitions.length)
  state.epoch = fresh.epoch
  state.partitions = fresh.partitions
  for (const tail of state.tails) restart(state, tail)
}

function wake(state: TopicState, tail: Tail): void {
  tail.running = tail.running.then(() => handOver(state, tail))
}

async function handOver(state: TopicState, tail: Tail): Promise<void> {
  const { partitions } = state
  for (const [partition, records] of partitions.entries()) {
    const batch = records.slice(tail.next[partition] ?? 0)
    if (batch.length === 0) continue
    if (!(await tryBatch(tail, tail.reader.handle, batch)) || partitions !== state.partitions) return
    tail.next[partition] = (batch.at(-1)?.offset ?? -1) + 1
  }
}

/** Hands a batch in until it is taken, as every reader of the port does. */
async function tryBatch(tail: Tail, handle: BatchHandler, batch: readonly LogRecord[]): Promise<boolean> {
  while (!tail.closed) {
    try {
      await handle(batch)
      return true
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  return false
}

async function settle(states: readonly TopicState[]): Promise<void> {
  const running = () => states.flatMap(({ tails }) => [...tails].map((tail) => tail.running))
  for (let before: readonly unknown[] = []; running().some((run, at) => run !== before[at]); ) {
    before = running()
    await Promise.all(running())
  }
}

function hash(key: string): number {
  return [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
}
