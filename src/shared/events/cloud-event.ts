import { z } from 'zod'
import { FlightlineError } from '../lib/errors.ts'

/** The envelope of every event: CloudEvents 1.0, JSON format (CNCF CloudEvents specification, version 1.0.2). */
export interface CloudEvent<Data> {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  /** ISO 8601 UTC. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Data
}

const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  data: z.unknown(),
})

/** The schema of one type of event as a whole. */
export function eventSchema<Data extends z.ZodType>(type: string, data: Data) {
  return envelope.extend({ type: z.literal(type), data })
}

/** What {@link readEnvelope} expects. */
export interface ExpectedEvent {
  readonly topic: string
  readonly type: string
}

/**
 * Reads the envelope of an event and checks its type.
 * @param text - the value of a log record; `undefined` for a tombstone
 * @returns the event's data, unchecked
 * @throws FlightlineError `FL_EVENT_UNREADABLE`
 */
export function readEnvelope(text: string | undefined, expected: ExpectedEvent): unknown {
  return openEnvelope(parseEvent(text, expected.topic), expected)
}

/** The same of an event that was parsed already. */
export function openEnvelope(event: unknown, expected: ExpectedEvent): unknown {
  const { topic } = expected
  const parsed = envelope.safeParse(event)
  if (!parsed.success) throw unreadable(topic, parsed.error)
  if (parsed.data.type !== expected.type) {
    throw new FlightlineError('FL_EVENT_UNREADABLE', {
      topic,
      problem: `unknown type ${parsed.data.type.slice(0, 80)}`,
    })
  }
  return parsed.data.data
}

/** Turns a failed check into the error that readers put records aside with; names the field, never its value. */
export function unreadable(topic: string, error: z.ZodError): FlightlineError {
  const issue = error.issues[0]
  const problem = issue ? `${issue.path.join('.') || 'event'}: ${issue.code}` : 'not an event'
  return new FlightlineError('FL_EVENT_UNREADABLE', { topic, problem })
}

/**
 * Parses the value of a log record.
 * @throws FlightlineError `FL_EVENT_UNREADABLE`
 */
export function parseEvent(text: string | undefined, topic: string): unknown {
  if (text === undefined) throw new FlightlineError('FL_EVENT_UNREADABLE', { topic, problem: 'no value' })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FlightlineError('FL_EVENT_UNREADABLE', { topic, problem: 'not JSON' }, { cause })
  }
}
