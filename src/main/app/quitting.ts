import type { App, MessageBoxOptions } from 'electron'
import type { BackendState } from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Timer } from '../../shared/ports/timer.ts'

/** What quitting needs. */
export interface QuittingParts {
  readonly app: Pick<App, 'on' | 'quit' | 'exit' | 'relaunch' | 'releaseSingleInstanceLock'>
  readonly ask: (options: MessageBoxOptions) => Promise<{ readonly response: number }>
  readonly backend: () => BackendState
  /** Commands on this desk that were not sent yet. */
  readonly waiting: () => number
  /** It is decided: windows are about to be closed one by one. */
  readonly beforeEnd: () => void
  /** Ends everything in order; the backend alone may take 20 s. */
  readonly onQuit: () => Promise<void>
  readonly timer: Pick<Timer, 'after'>
  readonly logger: Log
}

/** Lets the person quit knowingly. */
export interface Quitting {
  /** The system is being shut down: quits, and nobody is asked. */
  now(): void
  /**
   * Ends everything in order, then has `install` end the program, put the next version in its place and start that. The
   * backend is gone by then: an installer does not wait for it.
   */
  restart(install: () => void): Promise<void>
}

/** An installer that has not ended the program by then will not; everything else has ended. */
export const LONGEST_INSTALL = 15_000

/** Whatever is not in order by then stays as it is; all of it survives a `kill -9`. */
export const LONGEST_END = 25_000

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
  const { app, ask, backend, waiting, beforeEnd } = parts
  let isAgreed = false
  let isAsking = false
  let isInstalling = false
  let ending: Promise<void> | undefined
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
    if (response === QUIT) now()
  }
  const now = () => {
    isAgreed = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    const stops = whatStops(backend(), waiting())
    if (isAgreed || ending !== undefined || stops.length === 0) {
      beforeEnd()
      return
    }
    event.preventDefault()
    if (!isAsking) void consider(stops)
  })
  app.on('will-quit', (event) => {
    if (isInstalling) return
    // Each time: whoever quits once more while the end goes on would cut it short.
    event.preventDefault()
    ending ??= endInOrder(parts).finally(() => app.exit(0))
  })
  return {
    now,
    async restart(install) {
      if (ending !== undefined) return
      isAgreed = true
      beforeEnd()
      ending = endInOrder(parts)
      await ending
      isInstalling = true
      installNext(parts, install)
    },
  }
}

/** The next version starts while this one ends, and must find the place free. */
function installNext({ app, timer }: QuittingParts, install: () => void): void {
  app.releaseSingleInstanceLock()
  timer.after(LONGEST_INSTALL, () => {
    app.relaunch()
    app.exit(0)
  })
  install()
}

async function endInOrder({ onQuit, timer, logger }: QuittingParts): Promise<void> {
  const late = Promise.withResolvers<void>()
  const cancel = timer.after(LONGEST_END, () => {
    logger.error({ seconds: LONGEST_END / 1000 }, 'not everything ended in time')
    late.resolve()
  })
  const over = onQuit().catch((err: unknown) => logger.error({ err }, 'not everything could be ended in order'))
  await Promise.race([over, late.promise])
  cancel()
}
