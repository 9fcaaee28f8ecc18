import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { createMailFaults, type MailFault, type MailFaultScope, type MailFaults } from './mail-fault.ts'

const WAIT_MS = 10_000
const REJECTIONS: Partial<Record<MailFault, { readonly responseCode: number; readonly message: string }>> = {
  'reject-550': { responseCode: 550, message: 'No such user here' },
  'reject-450': { responseCode: 450, message: 'Mailbox busy, try again later' },
  'reject-421': { responseCode: 421, message: 'Service not available, closing transmission channel' },
}

interface ReceivedMail {
  readonly from: string
  /** The envelope's recipients, which headers need not name. */
  readonly recipients: readonly string[]
  readonly mail: Email
  readonly raw: string
  /** False when the server took the message and kept the answer back. */
  readonly answered: boolean
}

export interface MailServer extends AsyncDisposable {
  /** For nodemailer: `smtp://127.0.0.1:port`. */
  readonly url: string
  readonly messages: readonly ReceivedMail[]
  /** Resolves with all messages once there are `count` of them. */
  waitFor(count: number, timeoutMs?: number): Promise<readonly ReceivedMail[]>
  fail(fault: MailFault, scope?: MailFaultScope): void
  stop(): Promise<void>
}

export interface MailServerOptions {
  /** Milliseconds between keeping a message and saying so, as real servers take to write it to their disk. */
  readonly answerAfter?: number
}

interface MailState {
  readonly answerAfter: number
  readonly messages: ReceivedMail[]
  readonly faults: MailFaults
  readonly sockets: Map<number, Socket>
  readonly waiting: Set<() => void>
}

/** A real SMTP server that keeps what it gets and fails when told to. */
export async function startMailServer({ answerAfter = 0 }: MailServerOptions = {}): Promise<MailServer> {
  const state: MailState = {
    answerAfter,
    messages: [],
    faults: createMailFaults(),
    sockets: new Map(),
    waiting: new Set(),
  }
  const server = createServer(state)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  // A listening TCP server has a port; only pipes have names.
  const { port } = server.server.address() as AddressInfo
  const stop = async () => {
    for (const socket of state.sockets.values()) socket.destroy()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages: state.messages,
    waitFor: (count, timeoutMs = WAIT_MS) => waitForMessages(state, count, timeoutMs),
    fail: state.faults.set,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function createServer(state: MailState): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, session, done) => done(rejection(state, address, session)),
    onData: (stream, session, done) => {
      receive(state, stream, session).then((answered) => answered && done(), done)
    },
  })
  server.server.prependListener('connection', (socket: Socket) => {
    const key = socket.remotePort ?? 0
    state.sockets.set(key, socket)
    socket.once('close', () => state.sockets.delete(key))
    if (state.faults.take(['close-before-greeting']) !== 'none') socket.destroy()
  })
  // A client that goes away in mid-sentence is what these servers are for.
  server.on('error', () => undefined)
  return server
}

function rejection(state: MailState, address: string, session: SMTPServerSession): Error | null {
  const reply = REJECTIONS[state.faults.take(['reject-550', 'reject-450', 'reject-421'], [address])]
  if (reply === undefined) return null
  // 421 announces the end of the connection; the reply leaves first.
  if (reply.responseCode === 421) setImmediate(() => state.sockets.get(session.remotePort)?.end())
  return Object.assign(new Error(reply.message), { responseCode: reply.responseCode })
}

/** True when the client gets its answer. */
async function receive(
  state: MailState,
  stream: Parameters<typeof text>[0],
  session: SMTPServerSession,
): Promise<boolean> {
  const raw = await text(stream)
  const recipients = session.envelope.rcptTo.map(({ address }) => address)
  const fault = state.faults.take(['close-after-dot', 'mute-after-dot'], recipients)
  const { mailFrom } = session.envelope
  const mail = await PostalMime.parse(raw)
  const answered = fault === 'none'
  state.messages.push({ from: mailFrom === false ? '' : mailFrom.address, recipients, mail, raw, answered })
  for (const wake of state.waiting) wake()
  if (state.answerAfter > 0) await sleep(state.answerAfter)
  if (fault === 'close-after-dot') state.sockets.get(session.remotePort)?.destroy()
  return answered
}

function waitForMessages(state: MailState, count: number, timeoutMs: number): Promise<readonly ReceivedMail[]> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer)
      state.waiting.delete(check)
    }
    const check = () => {
      if (state.messages.length < count) return
      settle()
      resolve(state.messages)
    }
    const timer = setTimeout(() => {
      settle()
      reject(new Error(`${state.messages.length} of ${count} messages came within ${timeoutMs} ms`))
    }, timeoutMs)
    state.waiting.add(check)
    check()
  })
}
