import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import type { CommandAnswer } from '../../shared/api/schemas.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { departureSchema } from '../../shared/events/departure-schema.ts'
import { type ChosenEdit, chooseEdit } from './choose-edit.ts'
import { type ConsoleConnection, connectConsole } from './console-client.ts'
import type { Random } from './random.ts'

/** An edit that the desk service said yes to. */
export interface AcceptedEdit {
  readonly departureId: string
  readonly commandId: string
  readonly revision: number
  readonly call: ChosenEdit['call']
}

/** What a desk works with. */
export interface DeskOptions {
  readonly url: string
  readonly cookie: string
  readonly random: Random
  /** Departures that this desk knows, as it last saw them; several desks may know the same. */
  readonly known: Map<string, Departure>
}

/** One desk with its own connection, which it opens again whenever it is lost. */
export interface Desk {
  /** Makes one edit and does not rest before it knows that it was accepted. */
  edit(departureId: string): Promise<AcceptedEdit>
  /** How many commands had to be sent again because no answer came. */
  resent(): number
  close(): void
}

// A reply that takes this long was lost with a connection that nobody closed.
const PATIENCE = 15_000
const PAUSE = 50
const staleDetails = z.object({ departure: departureSchema })

interface DeskState {
  readonly options: DeskOptions
  connection: ConsoleConnection | undefined
  resent: number
  isClosed: boolean
}

/** Opens a desk; it connects when it first has something to say. */
export function createDesk(options: DeskOptions): Desk {
  const state: DeskState = { options, connection: undefined, resent: 0, isClosed: false }
  return {
    edit: (departureId) => edit(state, departureId),
    resent: () => state.resent,
    close() {
      state.isClosed = true
      state.connection?.close()
    },
  }
}

/** A refusal as stale is answered like a person would: look at what is there now, decide anew, send a new command. */
async function edit(state: DeskState, departureId: string): Promise<AcceptedEdit> {
  const { known, random } = state.options
  for (;;) {
    const seen = known.get(departureId)
    if (!seen) throw new Error(`${departureId} is not known to this desk`)
    const chosen = chooseEdit(seen, random)
    const commandId = randomUUID()
    const outcome = await sendUntilAnswered(state, { chosen, seen, commandId })
    known.set(departureId, newerOf(known.get(departureId), outcome.departure))
    if (outcome.revision !== undefined) {
      return { departureId, commandId, revision: outcome.revision, call: chosen.call }
    }
  }
}

interface Sending {
  readonly chosen: ChosenEdit
  readonly seen: Departure
  readonly commandId: string
}

/** Without `revision`: refused as stale. */
interface Answered {
  readonly departure: Departure
  readonly revision?: number
}

/** A lost reply is asked for again under the same command id, which the store knows if it was accepted. */
async function sendUntilAnswered(state: DeskState, sending: Sending): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    if (state.isClosed) throw new Error('the desk was closed')
    try {
      const { departure, revision } = await send(state, sending)
      return { departure, revision }
    } catch (error) {
      const refused = readRefusal(error)
      if (refused) return refused
      if (attempt === 1) state.resent += 1
      await sleep(PAUSE)
    }
  }
}

async function send(state: DeskState, { chosen, seen, commandId }: Sending): Promise<CommandAnswer> {
  const { client, closed } = await connect(state)
  const command = { id: seen.id, revision: seen.revision, commandId }
  const lost = closed.then(() => Promise.reject(new Error('connection lost')))
  const answer = Promise.race([call(client, chosen, command), lost])
  answer.catch(() => undefined)
  return Promise.race([answer, sleep(PATIENCE).then(() => Promise.reject(new Error('no answer')))])
}

type Command = Pick<Sending, 'commandId'> & { readonly id: string; readonly revision: number }

function call({ departures }: ConsoleConnection['client'], chosen: ChosenEdit, command: Command) {
  switch (chosen.call) {
    case 'setGate':
      return departures.setGate({ ...command, ...chosen.input })
    case 'setDelay':
      return departures.setDelay({ ...command, ...chosen.input })
    case 'cancel':
      return departures.cancel({ ...command, ...chosen.input })
    case 'reinstate':
      return departures.reinstate({ ...command, ...chosen.input })
  }
}

async function connect(state: DeskState): Promise<ConsoleConnection> {
  if (state.connection) return state.connection
  const connection = await connectConsole(state.options.url, state.options.cookie)
  state.connection = connection
  void connection.closed.then(() => {
    if (state.connection === connection) state.connection = undefined
  })
  return connection
}

/** Only what no repetition can cure is an error of the test; outages are waited for. */
function readRefusal(error: unknown): Answered | undefined {
  if (!(error instanceof ORPCError)) return undefined
  if (error.code === 'FL_DEPARTURE_STALE') return { departure: staleDetails.parse(error.data).departure }
  if (error.status >= 500) return undefined
  throw error
}

function newerOf(one: Departure | undefined, other: Departure): Departure {
  return one && one.revision > other.revision ? one : other
}
