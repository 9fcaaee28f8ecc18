import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from '../../node/files/replace-file.ts'
import { setAside } from '../../node/files/set-aside.ts'
import { actorSchema, clockSchema } from '../../shared/api/schemas.ts'
import { departureSchema } from '../../shared/events/departure-schema.ts'
import type { Log } from '../../shared/ports/log.ts'

const keptSchema = z.object({
  version: z.literal(1),
  service: z.string(),
  actor: actorSchema,
  heardAt: z.number(),
  clock: clockSchema,
  departures: z.array(departureSchema),
})

/** A board as it lies on disk. */
export type KeptBoard = Omit<z.output<typeof keptSchema>, 'version'>

/** The file of the last board. What is to be written is written in order; of what waits, only the last. */
export interface BoardFile {
  /** `undefined` when there is none, or none that can be read: that one is set aside. */
  read(): Promise<KeptBoard | undefined>
  write(board: KeptBoard): void
  remove(): void
  settled(): Promise<void>
}

/** Where the file is. */
export interface BoardFileParts {
  readonly path: string
  readonly logger: Log
}

/** Opens nothing by itself. */
export function createBoardFile(parts: BoardFileParts): BoardFile {
  let next: (() => Promise<void>) | undefined
  let running: Promise<void> | undefined
  const run = async () => {
    for (let work = next; work; work = next) {
      next = undefined
      await work().catch((err: unknown) => parts.logger.warn({ err }, 'the last board could not be kept'))
    }
    running = undefined
  }
  const enqueue = (work: () => Promise<void>) => {
    next = work
    running ??= run()
  }
  return {
    async read() {
      await running
      return read(parts)
    },
    write: (board) => enqueue(() => replaceFile(parts.path, JSON.stringify({ version: 1, ...board }))),
    remove: () => enqueue(() => rm(parts.path, { force: true })),
    settled: async () => running,
  }
}

async function read({ path, logger }: BoardFileParts): Promise<KeptBoard | undefined> {
  try {
    const { version: _version, ...board } = keptSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    return board
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined
    logger.warn(
      { problem: err instanceof Error ? err.name : 'unknown' },
      'the last board cannot be read; it was set aside',
    )
    await setAside(path, Date.now()).catch((failure: unknown) => logger.warn({ err: failure }, 'nor be set aside'))
    return undefined
  }
}
