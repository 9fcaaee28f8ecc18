import type { Engine } from '../../../node/engine/open-engine.ts'
import { backOff, pause } from '../../../node/readers/pause.ts'
import { FlightlineError, isFlightlineError } from '../../../shared/lib/errors.ts'
import { describeLoss } from '../describe-loss.ts'
import { FIRST_PATIENCE, type Upstream, type UpstreamParts } from '../upstream.ts'
import { type OpenService, openService } from './open-service.ts'

// A server that comes back is noticed within this long.
const LONGEST_PAUSE = 5_000

interface State {
  readonly parts: UpstreamParts
  readonly open: () => Promise<Engine>
  readonly stop: AbortController
  /** Settles when the service is open, or the first try has failed. */
  readonly first: PromiseWithResolvers<void>
  engine: Engine | undefined
  service: OpenService | undefined
}

/**
 * The desk service on stores and log that this desktop opens itself: the embedded file, or MongoDB and Kafka. Tries in
 * the background until they answer; afterwards their drivers mend themselves.
 */
export function startDirectDesk(parts: UpstreamParts, open: () => Promise<Engine>): Upstream {
  const first = Promise.withResolvers<void>()
  const state: State = { parts, open, stop: new AbortController(), first, engine: undefined, service: undefined }
  const opening = keepTrying(state)
  return {
    async client() {
      if (!state.service) await Promise.race([state.first.promise, pause(FIRST_PATIENCE, state.stop.signal)])
      if (!state.service) throw new FlightlineError('FL_DESK_UNAVAILABLE')
      return state.service.client
    },
    failed({ code, message }) {
      if (code === 'FL_STORE_UNAVAILABLE') parts.links.set('store', 'lost', message)
      if (code === 'FL_LOG_UNAVAILABLE') parts.links.set('log', 'lost', message)
    },
    async close() {
      state.stop.abort()
      state.first.resolve()
      // Closing the engine ends whatever an attempt still waits for.
      await state.service?.close()
      await state.engine?.close()
      await opening
    },
  }
}

async function keepTrying(state: State): Promise<void> {
  const { signal } = state.stop
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await openOnce(state)
      return
    } catch (error) {
      if (!signal.aborted) tell(state.parts, error)
    }
    state.first.resolve()
    await pause(backOff(attempt, LONGEST_PAUSE), signal)
  }
}

async function openOnce(state: State): Promise<void> {
  const engine = await state.open()
  state.engine = engine
  try {
    const service = await openService(state.parts, engine)
    if (state.stop.signal.aborted) await service.close()
    else state.service = service
    state.first.resolve()
  } finally {
    // Not when `close` is at it already, which may be waiting for this very attempt.
    if (!state.service) {
      state.engine = undefined
      await engine.close()
    }
  }
}

function tell({ links, logger }: UpstreamParts, error: unknown): void {
  const isLog = isFlightlineError(error, 'FL_LOG_UNAVAILABLE')
  links.set(isLog ? 'log' : 'store', 'lost', describeLoss(error))
  logger.warn({ err: error }, 'stores and log could not be opened; it is tried again')
}
