import { z } from 'zod'

/** The other end of a pipe between two processes of this backend. */
export interface Channel {
  isOpen(): boolean
  send(message: object): void
  listen(listener: (message: unknown) => void): void
}

/** Questions to the other process. */
export interface Calls {
  /** Rejects when the other one fails, is gone, or does not answer in time. */
  ask(name: string, input?: unknown): Promise<unknown>
}

/** What this process answers, by name. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>

/** How it is asked. */
export interface CallOptions {
  readonly answers: Answers
  /** Milliseconds until an answer is not waited for any more. */
  readonly patience: number
}

const questionSchema = z.object({ type: z.literal('ask'), id: z.number(), name: z.string(), input: z.unknown() })
const answerSchema = z.object({ type: z.literal('answer'), id: z.number(), value: z.unknown() })
const failureSchema = z.object({ type: z.literal('failure'), id: z.number(), problem: z.string() })
const messageSchema = z.union([questionSchema, answerSchema, failureSchema])

type Message = z.output<typeof messageSchema>
type Question = z.output<typeof questionSchema>

/** Asks and answers over a channel, both ways at once. Messages that are neither belong to others. */
export function createCalls(channel: Channel, { answers, patience }: CallOptions): Calls {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let serial = 0
  channel.listen((raw) => {
    const { data } = messageSchema.safeParse(raw)
    if (data?.type === 'ask') void answer(channel, answers, data)
    else if (data) settle(waiting.get(data.id), data)
  })
  return {
    async ask(name, input) {
      serial += 1
      const id = serial
      const question = Promise.withResolvers<unknown>()
      waiting.set(id, question)
      const timer = setTimeout(() => question.reject(new Error(`no answer to ${name}`)), patience)
      try {
        if (!channel.isOpen()) throw new Error(`nobody there to answer ${name}`)
        channel.send({ type: 'ask', id, name, input } satisfies Message)
        return await question.promise
      } finally {
        clearTimeout(timer)
        waiting.delete(id)
      }
    },
  }
}

async function answer(channel: Channel, answers: Answers, { id, name, input }: Question): Promise<void> {
  const respond = Object.hasOwn(answers, name) ? answers[name] : undefined
  const reply = await Promise.resolve()
    .then(() => {
      if (!respond) throw new Error(`no answer is known to ${name}`)
      return respond(input)
    })
    .then(
      (value): Message => ({ type: 'answer', id, value }),
      (error: unknown): Message => ({ type: 'failure', id, problem: error instanceof Error ? error.message : name }),
    )
  if (channel.isOpen()) channel.send(reply)
}

function settle(question: PromiseWithResolvers<unknown> | undefined, message: Exclude<Message, Question>): void {
  if (message.type === 'answer') question?.resolve(message.value)
  else question?.reject(new Error(message.problem))
}
