import { type BackendReport, backendReportSchema } from '../../../src/shared/api/backend-messages.ts'
import { FlightlineError, isErrorCode } from '../../../src/shared/lib/errors.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import type { Timer } from '../../../src/shared/ports/timer.ts'
import type { PartHealth } from '../../part.ts'
import { partHealthSchema } from './answers.ts'
import { type Answers, type Calls, type Channel, createCalls } from './calls.ts'

/** A process that was forked. */
export interface GatewayProcess extends Channel {
  readonly pid: number | undefined
  /** Tells once that the process has ended. */
  ended(listener: (how: string) => void): void
  kill(): void
}

/** What keeping gateways needs. */
export interface GatewayParts {
  readonly count: number
  /** @param number - from 1 */
  fork(number: number): GatewayProcess
  /** What gateways ask the first process. */
  readonly answers: Answers
  readonly timer: Timer
  readonly logger: Log
  /** From 0 to 1. */
  random(): number
}

/** How a gateway answers: by its number. */
export interface GatewayAnswer {
  readonly number: number
  readonly value: unknown
}

/** The gateway processes of this backend. */
export interface Gateways {
  /** What the first of them said when it had started. */
  readonly started: Extract<BackendReport, { type: 'started' }>
  /** Asks all that run; who does not answer is left out. */
  askAll(name: string): Promise<readonly GatewayAnswer[]>
  /** The health of each, by number. */
  healths(): Promise<ReadonlyMap<number, PartHealth>>
  /** Lets all drain and ends who does not. */
  close(): Promise<void>
}

// Milliseconds. A gateway that does not answer in this time is not well; whoever asks for our health waits for 5 s.
const PATIENCE = 2_000

// Milliseconds that a gateway has to say goodbye to its sockets; the whole backend has 20 s.
const DRAIN = 10_000

// Milliseconds: the pauses before a gateway is started again, and how long one must run to be trusted again.
const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000
const CALM = 60_000

interface Slot {
  readonly number: number
  process: GatewayProcess | undefined
  calls: Calls | undefined
  isUp: boolean
  /** Ends in a row without a calm time between them. */
  attempt: number
  restarts: number
  cancel: () => void
}

interface State {
  readonly parts: GatewayParts
  readonly slots: readonly Slot[]
  isClosing: boolean
  /** Told of each report of a process and of each end, while the start is under way. */
  onStart: ((slot: Slot, report: BackendReport | { readonly type: 'ended'; readonly how: string }) => void) | undefined
}

/**
 * Starts the gateways and keeps them running.
 * @throws FlightlineError of the first that cannot start; then none is left running
 */
export async function startGateways(parts: GatewayParts): Promise<Gateways> {
  const slots = Array.from({ length: parts.count }, (_, at) => createSlot(at + 1))
  const state: State = { parts, slots, isClosing: false, onStart: undefined }
  try {
    const started = await startAll(state)
    return {
      started,
      askAll: (name) => askAll(state, name),
      healths: () => readHealths(state),
      close: () => closeAll(state),
    }
  } catch (error) {
    await closeAll(state)
    throw error
  }
}

function createSlot(number: number): Slot {
  return {
    ...{ number, process: undefined, calls: undefined, isUp: false, attempt: 0, restarts: 0 },
    cancel: () => undefined,
  }
}

async function startAll(state: State): Promise<Gateways['started']> {
  const { promise, resolve, reject } = Promise.withResolvers<Gateways['started']>()
  state.onStart = (slot, report) => {
    if (report.type === 'ended') reject(new Error(`gateway ${slot.number} ended while it started: ${report.how}`))
    else if (report.type === 'failed') reject(toError(report))
    else if (state.slots.every(({ isUp }) => isUp)) resolve(report)
  }
  for (const slot of state.slots) run(state, slot)
  const started = await promise
  state.onStart = undefined
  return started
}

/** What kept it from starting is told as if it had happened here. */
function toError({ code, message }: Extract<BackendReport, { type: 'failed' }>): Error {
  const cause = new Error(message)
  if (!isErrorCode(code)) return cause
  return Object.assign(new FlightlineError(code, {}, { cause }), { message: message.replace(`${code}: `, '') })
}

function run(state: State, slot: Slot): void {
  const { parts } = state
  const process = parts.fork(slot.number)
  slot.process = process
  slot.calls = createCalls(process, { answers: parts.answers, patience: PATIENCE })
  process.listen((message) => {
    const { data } = backendReportSchema.safeParse(message)
    if (data) hear(state, slot, data)
  })
  process.ended((how) => handleEnd(state, slot, how))
}

function hear(state: State, slot: Slot, report: BackendReport): void {
  const { parts } = state
  if (report.type === 'started') {
    slot.isUp = true
    slot.cancel = parts.timer.after(CALM, () => {
      slot.attempt = 0
    })
  } else {
    parts.logger.error({ gateway: slot.number, code: report.code }, 'a gateway did not start')
  }
  state.onStart?.(slot, report)
}

function handleEnd(state: State, slot: Slot, how: string): void {
  const { parts, onStart, isClosing } = state
  slot.cancel()
  slot.process = undefined
  slot.calls = undefined
  slot.isUp = false
  if (isClosing) return
  if (onStart) {
    onStart(slot, { type: 'ended', how })
    return
  }
  const whole = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** slot.attempt)
  const pause = Math.round((whole / 2) * (1 + parts.random()))
  slot.attempt += 1
  slot.restarts += 1
  parts.logger.error({ gateway: slot.number, how, pause }, 'a gateway ended and is started again')
  slot.cancel = parts.timer.after(pause, () => run(state, slot))
}

async function askAll({ slots }: State, name: string): Promise<readonly GatewayAnswer[]> {
  const answers = await Promise.all(
    slots.map(async ({ number, calls, isUp }) => {
      if (!isUp || !calls) return []
      const value = await calls.ask(name).catch(() => undefined)
      return value === undefined ? [] : [{ number, value }]
    }),
  )
  return answers.flat()
}

/** One that is being started again leaves the service worse, not down: the others have its port. */
async function readHealths(state: State): Promise<ReadonlyMap<number, PartHealth>> {
  const told = new Map((await askAll(state, 'health')).map(({ number, value }) => [number, value]))
  const isAnyUp = told.size > 0
  return new Map(
    state.slots.map(({ number, process, restarts }): [number, PartHealth] => {
      const { data } = partHealthSchema.safeParse(told.get(number))
      const missing: PartHealth = { status: isAnyUp ? 'degraded' : 'down', problem: process ? 'no answer' : 'ended' }
      return [number, { ...(data ?? missing), restarts, ...(process?.pid !== undefined && { pid: process.pid }) }]
    }),
  )
}

async function closeAll(state: State): Promise<void> {
  const { slots, parts } = state
  state.isClosing = true
  state.onStart = undefined
  await Promise.all(slots.map((slot) => end(slot, parts)))
}

async function end(slot: Slot, { timer, logger }: GatewayParts): Promise<void> {
  const { process, number } = slot
  slot.cancel()
  if (!process) return
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  process.ended(() => resolve())
  const cancel = timer.after(DRAIN, () => {
    logger.error({ gateway: number }, 'a gateway did not drain in time')
    process.kill()
  })
  if (process.isOpen()) process.send({ type: 'stop' })
  await gone
  cancel()
}
