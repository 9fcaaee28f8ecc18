import { implement } from '@orpc/server'
import { contract } from '../api/contract.ts'
import {
  editBoarding,
  editCancellation,
  editDelay,
  editDiversion,
  editEstimate,
  editGate,
  editMovement,
  editReinstatement,
} from '../domain/edits.ts'
import { assertAllowed } from '../domain/role.ts'
import { FlightlineError, isFlightlineError } from '../lib/errors.ts'
import { broadcastProgress, latestBroadcasts, previewBroadcast, sendBroadcast } from './broadcasts.ts'
import { type Command, type Execution, execute } from './commands.ts'
import { type ErrorParts, translateError } from './errors.ts'
import { readHistory } from './history.ts'
import type { DeskContext, DeskParts } from './parts.ts'
import { readClock, watchBoard } from './watch.ts'

/** Every handler's errors leave in the one shape; see `errors.ts`. */
function translating(parts: ErrorParts) {
  return implement(contract)
    .$context<DeskContext>()
    .use(async ({ next }) => {
      try {
        return await next()
      } catch (error) {
        throw translateError(error, parts)
      }
    })
}

type Desk = ReturnType<typeof translating>

/** The desk service: the contract's one implementation, served over every transport. */
export function createDeskRouter(parts: DeskParts) {
  const desk = translating(parts)
  return desk.router({
    session: sessionHandlers(desk),
    departures: { ...boardHandlers(desk, parts), ...commandHandlers(desk, parts) },
    broadcasts: broadcastHandlers(desk, parts),
    system: systemHandlers(desk, parts),
  })
}

/** The router's type, for servers and in-process clients. */
export type DeskRouter = ReturnType<typeof createDeskRouter>

function sessionHandlers({ session }: Desk) {
  return {
    current: session.current.handler(async ({ context }) => {
      try {
        return { ...(await context.connection.actor()) }
      } catch (error) {
        if (isFlightlineError(error) && error.status === 401) return null
        throw error
      }
    }),
    signIn: session.signIn.handler(({ input, context }) => context.connection.signIn(input.name, input.password)),
    signOut: session.signOut.handler(({ context }) => context.connection.signOut()),
  }
}

function boardHandlers({ departures }: Desk, parts: DeskParts) {
  return {
    list: departures.list.handler(async ({ context }) => {
      assertAllowed(await context.connection.actor(), 'viewBoard')
      return { departures: [...parts.board.all().values()], clock: readClock(parts.clock) }
    }),
    watch: departures.watch.handler(async function* ({ context, signal }) {
      assertAllowed(await context.connection.actor(), 'viewBoard')
      // A stream fails long after the middleware above has returned.
      try {
        yield* watchBoard(parts, context.connection, signal)
      } catch (error) {
        throw translateError(error, parts)
      }
    }),
    history: departures.history.handler(async ({ input, context }) => {
      assertAllowed(await context.connection.actor(), 'viewHistory')
      return readHistory(parts, input.id)
    }),
  }
}

function commandHandlers({ departures }: Desk, parts: DeskParts) {
  const now = () => parts.clock.operational()
  const run = async ({ connection }: DeskContext, command: Command, how: Pick<Execution, 'action' | 'rule'>) =>
    execute(parts, { actor: await connection.actor(), command, ...how })
  return {
    setGate: departures.setGate.handler(({ input, context }) =>
      run(context, input, { action: 'setGate', rule: (departure) => editGate(departure, input) }),
    ),
    setDelay: departures.setDelay.handler(({ input, context }) =>
      run(context, input, { action: 'setDelay', rule: (departure) => editDelay(departure, input) }),
    ),
    setEstimate: departures.setEstimate.handler(({ input, context }) =>
      run(context, input, { action: 'setEstimate', rule: (departure) => editEstimate(departure, input.estimatedAt) }),
    ),
    cancel: departures.cancel.handler(({ input, context }) =>
      run(context, input, {
        action: 'cancel',
        rule: (departure) => editCancellation(departure, { at: now(), reason: input.reason, remark: input.remark }),
      }),
    ),
    reinstate: departures.reinstate.handler(({ input, context }) =>
      run(context, input, {
        action: 'reinstate',
        rule: (departure) => editReinstatement(departure, input.estimatedAt),
      }),
    ),
    markBoarding: departures.markBoarding.handler(({ input, context }) =>
      run(context, input, {
        action: 'markBoarding',
        rule: (departure) => editBoarding(departure, input.stage, input.at === undefined ? now() : input.at),
      }),
    ),
    markDeparture: departures.markDeparture.handler(({ input, context }) =>
      run(context, input, {
        action: 'markDeparture',
        rule: (departure) => editMovement(departure, input.event, input.at ?? now()),
      }),
    ),
    divert: departures.divert.handler(({ input, context }) =>
      run(context, input, { action: 'divert', rule: (departure) => editDiversion(departure, input.airport, now()) }),
    ),
  }
}

function broadcastHandlers({ broadcasts }: Desk, parts: DeskParts) {
  return {
    preview: broadcasts.preview.handler(async ({ input, context }) =>
      previewBroadcast(parts, await context.connection.actor(), input.audience),
    ),
    send: broadcasts.send.handler(async ({ input, context }) =>
      sendBroadcast(parts, await context.connection.actor(), input),
    ),
    progress: broadcasts.progress.handler(async ({ input, context }) => {
      assertAllowed(await context.connection.actor(), 'broadcast')
      return broadcastProgress(parts, input.id)
    }),
    latest: broadcasts.latest.handler(async ({ context }) => {
      assertAllowed(await context.connection.actor(), 'broadcast')
      return latestBroadcasts(parts)
    }),
  }
}

function systemHandlers({ system }: Desk, parts: DeskParts) {
  return {
    read: system.read.handler(async ({ context }) => {
      assertAllowed(await context.connection.actor(), 'viewSystem')
      if (!parts.readSystem) throw new FlightlineError('FL_SYSTEM_ELSEWHERE')
      return parts.readSystem()
    }),
  }
}
