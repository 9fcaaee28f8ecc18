import type { App } from 'electron'

/** Something that the system asks of the program while it runs, or by starting it. */
export interface SystemRequest {
  /** Arguments of a start, or a link; a link may be among them. */
  readonly argv: readonly string[]
  /** Whether a window is to come to the front also without a link. */
  readonly wantsWindow: boolean
}

/** What the system asks, from the first moment on. */
export interface SystemRequests {
  /** Has each request answered, those that came before this call first. */
  follow(answer: (request: SystemRequest) => void): void
}

/**
 * Collects what the system asks. To be called before Electron is ready: a Mac tells of the link that it starts the program
 * for once, early, and a second start may come while the first is still opening its settings.
 */
export function collectRequests(app: Pick<App, 'on'>): SystemRequests {
  const waiting: SystemRequest[] = []
  let take = (request: SystemRequest): void => void waiting.push(request)
  app.on('second-instance', (_event, argv) => take({ argv, wantsWindow: true }))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take({ argv: [url], wantsWindow: false })
  })
  app.on('activate', () => take({ argv: [], wantsWindow: true }))
  return {
    follow(answer) {
      take = answer
      for (const request of waiting.splice(0)) answer(request)
    },
  }
}
