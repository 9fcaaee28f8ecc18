import { expect, test, vi } from 'vitest'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import { followDesktop } from './desktop-store.ts'

const link = { status: 'ok', since: 0 } as const // as literals
const state = (version: string): DesktopState => ({
  ...{ mode: 'embedded', service: 'embedded', store: link, log: link, version },
  backend: { status: 'running', since: 0, restarts: 0 },
})

test('the state is followed, also when the port is lost in between', async () => {
  vi.useFakeTimers()
  let attempts = 0
  async function* watch(): AsyncGenerator<DesktopState, void> {
    attempts += 1
    yield state(`${attempts}`)
    throw new Error('the port was closed')
  }
  // Reason for the cast: the store only iterates over what the call resolves with.
  const client = { state: { watch: async () => watch() } } as unknown as Parameters<typeof followDesktop>[0]
  const { store, stop } = followDesktop(client)
  expect(store.getState().desktop).toBeUndefined()
  await vi.advanceTimersByTimeAsync(10)
  expect(store.getState().desktop?.version).toBe('1')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.getState().desktop?.version).toBe('2')
  stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(attempts).toBe(2)
  vi.useRealTimers()
})
