import { type Client, closeClient } from './client.ts'

/** Sockets whose client has not said anything yet: a client follows with its first frame, and who does not is nobody. */
export interface Silence {
  /** A socket was opened. */
  begin(client: Client, now: number): void
  /** Its first frame came, or it ended. */
  end(client: Client): void
  /** Closes those that have been silent for too long. */
  sweep(now: number): void
}

/**
 * Nobody has spoken yet.
 * @param patience - milliseconds from the opening to the first frame
 */
export function createSilence(patience: number): Silence {
  // In the order of their opening, so that a sweep looks at the overdue ones only.
  const silent = new Map<Client, number>()
  return {
    begin: (client, now) => void silent.set(client, now),
    end: (client) => void silent.delete(client),
    sweep(now) {
      for (const [client, openedAt] of silent) {
        if (now - openedAt < patience) return
        silent.delete(client)
        closeClient(client, 'silent')
      }
    },
  }
}
