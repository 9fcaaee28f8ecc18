import type { Command } from '../api/command.ts'
import type { CommandKeeper } from '../api/command-keeper.ts'
import { type KeptContent, readKept, writeKept } from '../api/kept-command.ts'
import { toRequestFailure } from '../api/request-failure.ts'

/** What is kept for a person, as a page takes it over. */
export interface Claimed {
  readonly contents: readonly KeptContent[]
  /** How many there were that this program cannot read. */
  readonly unreadable: number
}

/** The commands of this page as they are kept: what has ended is never taken over again. */
export interface CommandCustody {
  /** Keeps a command, or how it ended. @returns why it could not be kept */
  keep(content: KeptContent): Promise<string | undefined>
  /** It was answered or put away. */
  release(command: Pick<Command, 'commandId'>): void
  /** Takes over what is kept for a person and was not ended by this page. @returns `undefined` when nobody answers */
  claim(owner: string): Promise<Claimed | undefined>
}

/** Wraps a keeper. Nothing here rejects: a desk goes on without its keeper, and says so. */
export function createCommandCustody(keeper: CommandKeeper): CommandCustody {
  // Ended here, though the keeper may not have heard of it.
  const ended = new Set<string>()

  async function keep(content: KeptContent): Promise<string | undefined> {
    try {
      await keeper.keep(writeKept(content))
      // Answered while it was being written: then the writing came last, and has to be taken back.
      if (ended.has(content.command.commandId)) release(content.command)
      return undefined
    } catch (error) {
      return reasonOf(error)
    }
  }

  function release({ commandId }: Pick<Command, 'commandId'>): void {
    ended.add(commandId)
    // What is not forgotten now is met at the next claim, and then again.
    keeper.forget(commandId).catch(() => undefined)
  }

  return {
    keep,
    release,
    async claim(owner) {
      const kept = await keeper.claim(owner).catch(() => undefined)
      if (!kept) return undefined
      const [over, open] = [kept.filter(({ commandId }) => ended.has(commandId)), kept.filter(isOpen)]
      const contents = open.map((entry) => ({ entry, content: readKept(entry) }))
      const unreadable = contents.flatMap(({ entry, content }) => (content ? [] : [entry]))
      for (const command of [...over, ...unreadable]) release(command)
      return { contents: contents.flatMap(({ content }) => content ?? []), unreadable: unreadable.length }
    },
  }

  function isOpen({ commandId }: { readonly commandId: string }): boolean {
    return !ended.has(commandId)
  }
}

function reasonOf(error: unknown): string {
  const failure = toRequestFailure(error)
  if (failure.kind !== 'lost') return failure.message
  return error instanceof Error ? error.message : 'unknown reason'
}
