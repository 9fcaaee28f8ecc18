import type { App, MessageBoxOptions } from 'electron'
import type { BackendState } from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'

/** What quitting needs. */
export interface QuittingParts {
  readonly app: Pick<App, 'on' | 'quit' | 'exit'>
  readonly ask: (options: MessageBoxOptions) => Promise<{ readonly response: number }>
  readonly backend: () => BackendState
  /** Commands on this desk that were not sent yet. */
  readonly waiting: () => number
  /** It is decided: windows are about to be closed one by one. */
  readonly beforeEnd: () => void
  /** Ends everything in order; the backend alone may take 20 s. */
  readonly onQuit: () => Promise<void>
  readonly logger: Log
}

/** Lets the person quit knowingly. */
export interface Quitting {
  /** The system is being shut down, or an update installs itself: nobody is asked. */
  withoutAsking(): void
}

/** What stops with the program, one sentence each; empty when nothing does. */
export function whatStops(backend: BackendState, waiting: number): readonly string[] {
  const serves = backend.status !== 'off' && backend.status !== 'failed'
  const changes = waiting === 1 ? '1 change was' : `${waiting} changes were`
  return [
    ...(serves
      ? [
          'This desk is the server of its station: changes are no longer published, and passengers get neither live updates nor messages.',
        ]
      : []),
    ...(waiting > 0
      ? [`${changes} not sent yet. They stay on this desk and are sent after the next start, while they are valid.`]
      : []),
  ]
}

const QUIT = 0
const STAY = 1

/** Takes charge of quitting: says what stops, and ends everything in order. */
export function superviseQuitting(parts: QuittingParts): Quitting {
  const { app, ask, backend, waiting, beforeEnd, onQuit, logger } = parts
  let isAgreed = false
  let isAsking = false
  let isClosed = false
  const consider = async (stops: readonly string[]) => {
    isAsking = true
    const { response } = await ask({
      type: 'question',
      message: 'Quit Flightline?',
      detail: stops.join('\n\n'),
      buttons: ['Quit', 'Keep running'],
      defaultId: STAY,
      cancelId: STAY,
    })
    isAsking = false
    if (response !== QUIT) return
    isAgreed = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    const stops = whatStops(backend(), waiting())
    if (isAgreed || stops.length === 0) {
      beforeEnd()
      return
    }
    event.preventDefault()
    if (!isAsking) void consider(stops)
  })
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    isClosed = true
    onQuit()
      .catch((err: unknown) => logger.error({ err }, 'not everything could be ended in order'))
      .finally(() => app.exit(0))
  })
  return {
    withoutAsking() {
      isAgreed = true
    },
  }
}
