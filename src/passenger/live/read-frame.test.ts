import { describe, expect, test } from 'vitest'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { readFrame } from './read-frame.ts'

describe('readFrame', () => {
  test.each([
    { op: 'hello', epoch: 'e', heartbeat: 25, clock: { now: minute(0), rate: 1 } },
    { op: 'snapshot', recovered: true, departures: [flight()], position: 'e:1' },
    { op: 'departure', departure: flight(), change: { fields: {}, at: minute(0) }, position: 'e:2', at: 1 },
    { op: 'notice', flightId: 'x', notice: notice() },
    { op: 'error', code: 'FL_FRAME_INVALID', message: 'x' },
  ])('reads $op as it is', (frame) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame)
  })

  test.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no object', '"hello"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no op', '{"flights":{}}'],
    ['an op of a later version', '{"op":"baggage"}'],
    ['a departure that is none', '{"op":"departure","departure":{"id":"x"}}'],
    ['a snapshot without a list', '{"op":"snapshot","departures":{}}'],
    ['a snapshot with a hole', '{"op":"snapshot","departures":[null]}'],
  ])('%s is not understood', (_name, text) => {
    expect(readFrame(text)).toBeUndefined()
  })
})
