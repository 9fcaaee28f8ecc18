import { expect, test } from 'vitest'
import { encodeTextFrame, pingFrame } from '../../backend/push/websocket-frame.ts'
import { createFrameScanner } from './frame-scanner.ts'

const texts = ['', 'short', 'x'.repeat(125), 'y'.repeat(126), 'é'.repeat(40_000), 'end']
const bytes = Buffer.concat(texts.flatMap((text) => [encodeTextFrame(text), pingFrame]))

test.each([1, 2, 3, 7, 1_000, bytes.length])(
  'messages are found in pieces of %i bytes, control frames are not',
  (size) => {
    const found: string[] = []
    const scan = createFrameScanner((payload) => found.push(payload.toString()))
    // As a socket does it: the memory of a piece is used again for the next one.
    const shared = Buffer.alloc(size)
    for (let at = 0; at < bytes.length; at += size) {
      const length = bytes.copy(shared, 0, at, at + size)
      scan(shared.subarray(0, length))
    }
    expect(found).toEqual(texts)
  },
)
