import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of ours that answers what it is asked; to be measured, and to be killed. */
export interface AskedProcess {
  /** @throws when it ends before it answers */
  ask<Answer>(question: unknown): Promise<Answer>
  /** Sends the signal; resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

interface Asked {
  readonly serial: number
  readonly content: unknown
}

/** Starts a file that calls {@link answerQuestions} with these arguments, and waits until it does. */
export async function startAskedProcess(file: string, parts: unknown): Promise<AskedProcess> {
  const child = fork(file, [JSON.stringify(parts)], { execArgv: [], stdio: 'inherit' })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  child.on('message', ({ serial, content }: Asked) => {
    waiting.get(serial)?.resolve(content)
    waiting.delete(serial)
  })
  const gone = once(child, 'exit').then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended without an answer`))
    waiting.clear()
  })
  let serial = 0
  // Reason for the cast: what a question is answered with is agreed on by the two halves of one file.
  const ask = <Answer>(content: unknown) => send(child, waiting, { serial: serial++, content }) as Promise<Answer>
  await ask('are you there?')
  return {
    ask,
    async end(signal) {
      child.kill(signal)
      await gone
    },
  }
}

function send(
  child: ChildProcess,
  waiting: Map<number, PromiseWithResolvers<unknown>>,
  asked: Asked,
): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>()
  waiting.set(asked.serial, answer)
  child.send(asked, (error) => error && answer.reject(error))
  return answer.promise
}

/** The other side: answers the parent until that is gone, and ends with it. */
export function answerQuestions(answer: (question: unknown) => unknown): void {
  process.on('message', async ({ serial, content }: Asked) => {
    process.send?.({ serial, content: content === 'are you there?' ? null : await answer(content) })
  })
  process.once('disconnect', () => process.exit())
}
