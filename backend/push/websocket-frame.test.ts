import { describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectPush } from '../../src/testing/push/push-client.ts'
import { encodePongFrame, encodeTextFrame, pingFrame } from './websocket-frame.ts'

describe('a text frame', () => {
  test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('of %i bytes is as RFC 6455 writes it', (length) => {
    const frame = encodeTextFrame('x'.repeat(length))
    const header = frame.length - length
    expect(frame[0]).toBe(0x81)
    expect(header).toBe(length < 126 ? 2 : length < 65_536 ? 4 : 10)
    expect(frame.subarray(header).toString()).toBe('x'.repeat(length))
  })

  test('counts bytes, not letters', () => {
    const frame = encodeTextFrame('Zürich ✈')
    expect(frame[1]).toBe(Buffer.byteLength('Zürich ✈'))
    expect(frame.subarray(2).toString()).toBe('Zürich ✈')
  })

  test('is read by a real client, at every size of header', async () => {
    const texts = ['', 'é', 'x'.repeat(126), 'y'.repeat(65_536)].map((text) => JSON.stringify(text))
    const server = new WebSocketServer({ port: 0 })
    server.on('connection', (_socket, request) => {
      for (const text of texts) request.socket.write(encodeTextFrame(text))
    })
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('a server on a port')
    const client = await connectPush(`ws://127.0.0.1:${address.port}`)
    await expect.poll(() => client.texts).toEqual(texts)
    client.socket.terminate()
    server.close()
  })
})

describe('control frames', () => {
  test('a ping has no payload, a pong repeats what it was asked with', () => {
    expect([...pingFrame]).toEqual([0x89, 0])
    expect([...encodePongFrame(Buffer.from('ab'))]).toEqual([0x8a, 2, 97, 98])
  })
})
