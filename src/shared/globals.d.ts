/**
 * The few globals that every engine has and no language library declares. An interface of what shared code may use,
 * not the whole of it: the environments that import shared bring their own, fuller types.
 */
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
