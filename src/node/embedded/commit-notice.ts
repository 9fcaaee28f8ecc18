import { closeSync, futimesSync, openSync, watch } from 'node:fs'
import type { Log } from '../../shared/ports/log.ts'

/** Tells the processes that have a store's file open that one of them has committed. */
export interface CommitNotice {
  /** To be called once a commit is done, so that whoever hears of it can see it. */
  give(): void
  /** Hears of every commit, own ones included; many that follow one another may be told at once. @returns its end */
  listen(heard: () => void, lost: () => void): () => void
  close(): void
}

/**
 * A file beside the store's, whose time is set at each commit. The file system's notices of the store itself come while a
 * commit is being written and say nothing of its end: until then others see nothing, and after it they are told nothing.
 */
export function openCommitNotice(storeFile: string, logger: Log): CommitNotice {
  const file = `${storeFile}-commits`
  let descriptor = attempt(logger, () => openSync(file, 'a', 0o600))
  return {
    give() {
      if (descriptor === undefined) return
      const now = Date.now() / 1000
      try {
        futimesSync(descriptor, now, now)
      } catch (error) {
        // The commit is done all the same, and must not seem to have failed. Whoever is not told looks before long.
        logger.warn({ error: String(error) }, 'commits are not told to other processes any more; they poll')
        descriptor = undefined
      }
    },
    listen(heard, lost) {
      if (descriptor === undefined) return () => undefined
      const watcher = attempt(logger, () => watch(file, { persistent: false }, heard))
      watcher?.on('error', (error) => {
        logger.warn({ error: error.message }, 'file watch ended, polling goes on')
        lost()
      })
      return () => watcher?.close()
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      // From now on its number is another file's.
      descriptor = undefined
    },
  }
}

function attempt<Result>(logger: Log, work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    logger.warn({ error: String(error) }, 'commits cannot be told between processes, polling instead')
    return undefined
  }
}
