import { mkdirSync } from 'node:fs'
import { createStream, type RotatingFileStream } from 'rotating-file-stream'
import type { LogDestination } from './create-log.ts'

/** A log file of its own, cut into pieces of bounded size. */
export interface LogFile extends LogDestination {
  /** Resolves when everything is written, or cannot be. */
  close(): Promise<void>
}

/** How it is kept. */
export interface LogFileOptions {
  readonly folder: string
  /** Without `.log`. */
  readonly name: string
  /** Of one piece. */
  readonly size?: `${number}K` | `${number}M`
  /** Older pieces kept beside the present one. */
  readonly pieces?: number
}

// After a full disk or a vanished folder, opening is tried again this often; lines in between are gone.
const RETRY_AFTER = 10_000

/** Opens a log file for its owner only. A log that cannot be written keeps nobody from working. */
export function openLogFile(options: LogFileOptions): LogFile {
  let stream: RotatingFileStream | undefined
  let openAgainAt = 0

  function forget(): void {
    stream = undefined
    openAgainAt = performance.now() + RETRY_AFTER
  }

  stream = open(options, forget)
  return {
    write(line) {
      if (!stream && performance.now() >= openAgainAt) stream = open(options, forget)
      stream?.write(line.endsWith('\n') ? line : `${line}\n`)
    },
    close: () =>
      new Promise((resolve) => (stream ? stream.once('error', () => resolve()).end(() => resolve()) : resolve())),
  }
}

function open(
  { folder, name, size = '10M', pieces = 5 }: LogFileOptions,
  failed: () => void,
): RotatingFileStream | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    failed()
    return undefined
  }
  const stream = createStream(pieceName(name), { path: folder, size, maxFiles: pieces, mode: 0o600, encoding: 'utf8' })
  stream.once('error', failed)
  return stream
}

/** `backend.log`, and `backend-2026-11-25-1.log` for a piece that was full on that day. */
function pieceName(name: string): (time: number | Date, index?: number) => string {
  return (time, index) => {
    if (!(time instanceof Date)) return `${name}.log`
    return `${name}-${time.toISOString().slice(0, 10)}-${index}.log`
  }
}
