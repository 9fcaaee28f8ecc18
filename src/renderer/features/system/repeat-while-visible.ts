/** The part of a page that says whether it can be seen. */
export type VisiblePage = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/**
 * Does something at once and then again and again, with a pause after each time, while the page can be seen.
 * @param pause - milliseconds
 * @param act - its signal is aborted when the page is hidden meanwhile, or the end has come; must not fail
 * @returns its end
 */
export function repeatWhileVisible(
  page: VisiblePage,
  pause: number,
  act: (ended: AbortSignal) => Promise<void>,
): () => void {
  let running: AbortController | undefined
  const stop = () => {
    running?.abort()
    running = undefined
  }
  const follow = () => {
    if (page.visibilityState === 'hidden') stop()
    else if (!running) {
      running = new AbortController()
      void repeat(running.signal, pause, act)
    }
  }
  page.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    page.removeEventListener('visibilitychange', follow)
    stop()
  }
}

async function repeat(ended: AbortSignal, pause: number, act: (ended: AbortSignal) => Promise<void>): Promise<void> {
  while (!ended.aborted) {
    await act(ended)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
