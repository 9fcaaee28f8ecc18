/** A call that is put off and joins those that come meanwhile. */
export interface Throttle {
  request(): void
  cancel(): void
}

/**
 * Calls `action` once, `pause()` milliseconds after the first of several requests. Unlike a debounce it cannot be put
 * off for ever by requests that keep coming.
 */
export function createThrottle(action: () => void, pause: () => number): Throttle {
  let timer: NodeJS.Timeout | undefined
  return {
    request() {
      timer ??= setTimeout(() => {
        timer = undefined
        action()
      }, pause())
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
