import type { Readable } from 'node:stream'

// 64 KiB split in about a millisecond.
const CHUNK = 65_536

/**
 * The lines of a text, however they end and wherever its chunks are cut, without a byte order mark. Blank lines are
 * given, too: they count.
 */
export async function* readLines(source: string | Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunksOf(source)) {
    // A carriage return at the very end may have its line feed in the next chunk.
    const text = rest + chunk
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, end).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(end)
    yield* lines
  }
  const last = rest.endsWith('\r') ? rest.slice(0, -1) : rest
  if (last !== '') yield last
}

async function* chunksOf(source: string | Readable): AsyncGenerator<string> {
  let isFirst = true
  for await (const chunk of typeof source === 'string' ? cut(source) : decode(source)) {
    yield isFirst ? chunk.replace(/^\uFEFF/, '') : chunk
    isFirst = isFirst && chunk === ''
  }
}

async function* decode(source: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const chunk of source) {
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

function* cut(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK)
}
