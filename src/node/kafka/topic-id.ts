import type { Broker, Cluster } from 'kafkajs'

// Kafka gives every topic an id when it is created (KIP-516, Kafka 2.8), which is just what an epoch has to be. The
// library's newest metadata request does not ask for it, so this one is written here. The fields follow the protocol
// guide (kafka.apache.org/protocol, Metadata, version 12).
const METADATA = 3
const VERSION = 12
const ID_LENGTH = 16

interface RawRequest {
  readonly request: {
    readonly apiKey: number
    readonly apiVersion: number
    readonly apiName: string
    encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>
  }
  readonly response: {
    decode(payload: Buffer): Promise<{ readonly id: string | undefined }>
    parse(decoded: { readonly id: string | undefined }): Promise<{ readonly id: string | undefined }>
  }
}

/** What the library's broker has beside its declared type. */
interface RawBroker {
  readonly connectionPool: { send(request: RawRequest): Promise<{ readonly id: string | undefined }> }
  readonly versions: Readonly<Record<number, { readonly maxVersion: number } | undefined>>
}

/**
 * The id of a topic: another one after the topic was deleted and created again.
 * @returns `undefined` from a broker that is too old to know
 */
export async function readTopicId(cluster: Cluster, topic: string): Promise<string | undefined> {
  const broker = await cluster.findControllerBroker()
  if (!isRaw(broker) || (broker.versions[METADATA]?.maxVersion ?? 0) < VERSION) return undefined
  const { id } = await broker.connectionPool.send(toRequest(topic))
  return id
}

function isRaw(broker: Broker | (Broker & RawBroker)): broker is Broker & RawBroker {
  return 'connectionPool' in broker && 'versions' in broker
}

function toRequest(topic: string): RawRequest {
  return {
    request: {
      apiKey: METADATA,
      apiVersion: VERSION,
      apiName: 'Metadata',
      async encode() {
        const bytes = encodeRequest(topic)
        return { buf: bytes, buffer: bytes }
      },
    },
    response: { decode: async (payload) => ({ id: decodeResponse(payload) }), parse: async (decoded) => decoded },
  }
}

/** Compact lengths are one more than the length, as variable-length numbers; 0 is null. */
function encodeRequest(topic: string): Buffer {
  const name = Buffer.from(topic)
  const [headerTags, topics, noId, topicTags] = [[0], [2], Buffer.alloc(ID_LENGTH), [0]]
  const [noAutoCreation, noOperations, tags] = [[0], [0], [0]]
  const length = writeLength(name.length + 1)
  const parts = [headerTags, topics, noId, length, name, topicTags, noAutoCreation, noOperations, tags]
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

function writeLength(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...writeLength(value >>> 7)]
}

/** Reads up to the id of the one topic that was asked for. Exported for its test. */
export function decodeResponse(payload: Buffer): string | undefined {
  const reader = createReader(payload)
  reader.tags()
  reader.skip(4)
  for (let left = reader.length(); left > 0; left -= 1) {
    reader.skip(4)
    reader.text()
    reader.skip(4)
    reader.text()
    reader.tags()
  }
  reader.text()
  reader.skip(4)
  if (reader.length() < 1) return undefined
  const errorCode = reader.bytes(2).readInt16BE()
  reader.text()
  const id = reader.bytes(ID_LENGTH)
  return errorCode === 0 && id.some((byte) => byte !== 0) ? id.toString('base64url') : undefined
}

function createReader(payload: Buffer) {
  let at = 0
  const bytes = (count: number) => {
    at += count
    if (at > payload.length) throw new Error('metadata response is shorter than it says')
    return payload.subarray(at - count, at)
  }
  const number = (shift = 0): number => {
    const byte = bytes(1).readUInt8()
    return ((byte & 0x7f) << shift) | (byte & 0x80 ? number(shift + 7) : 0)
  }
  const length = () => number() - 1
  const text = () => void bytes(Math.max(0, length()))
  const tags = () => {
    for (let left = number(); left > 0; left -= 1) {
      number()
      bytes(number())
    }
  }
  return { bytes, length, text, tags, skip: (count: number) => void bytes(count) }
}
