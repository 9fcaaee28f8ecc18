import { useEffect, useState } from 'react'
import type { SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { ask } from '../../api/ask.ts'
import { useConsole } from '../../components/console-context.ts'
import { addReading } from './readings.ts'
import { repeatWhileVisible } from './repeat-while-visible.ts'

/** What is known of the backend. */
export interface SystemState {
  /** Oldest first; none before the first answer. */
  readonly readings: readonly SystemSnapshot[]
  /** When the last answer came: monotonic milliseconds of this machine. */
  readonly heardAt: number | undefined
  /** Why there is no newer one; empty when there is nothing wrong. */
  readonly problem: string
}

// Milliseconds: between an answer and the next question, and until an answer is not waited for any more.
const READ_EVERY = 2_000
const PATIENCE = 8_000

/** Reads how the backend is doing again and again, while the page can be seen. */
export function useSystem(): SystemState {
  const { client, now } = useConsole()
  const [state, setState] = useState<SystemState>({ readings: [], heardAt: undefined, problem: '' })
  useEffect(() => {
    return repeatWhileVisible(document, READ_EVERY, async (ended) => {
      const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE)])
      const answer = await ask(client(), ({ system }) => system.read(undefined, { signal }))
      // Hidden or closed meanwhile: whatever came instead of an answer is no problem of the backend.
      if (ended.aborted) return
      if (answer.failure) setState((before) => ({ ...before, problem: answer.failure.message }))
      else setState(({ readings }) => ({ readings: addReading(readings, answer.value), heardAt: now(), problem: '' }))
    })
  }, [client, now])
  return state
}
