import { useEffect, useMemo, useState } from 'react'
import type { HistoryEntry } from '../../../shared/api/schemas.ts'
import { ask } from '../../api/ask.ts'
import { useConsole } from '../../components/console-context.ts'
import { isUnfinished } from './history-view.ts'

/** A history as far as it is loaded. */
export interface LoadedHistory {
  readonly entries: readonly HistoryEntry[] | undefined
  readonly problem: string
}

// Decisions and deliveries follow a change within seconds; while some are open, it is worth asking again.
const AGAIN = 2_000

/** The history of a departure, loaded anew with every revision and while something in it is open. */
export function useHistory(id: string, revision: number): LoadedHistory {
  const { client } = useConsole()
  const [loaded, setLoaded] = useState<LoadedHistory>({ entries: undefined, problem: '' })
  // One object per revision: the history of a revision is loaded once, a new revision loads it anew.
  const subject = useMemo(() => ({ id, revision }), [id, revision])
  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined

    async function load(): Promise<void> {
      const { signal } = stop
      const answer = await ask(client(), ({ departures }) => departures.history({ id: subject.id }, { signal }))
      if (signal.aborted) return
      const isDone = !answer.failure && !isUnfinished(answer.value, subject.revision)
      if (answer.failure) setLoaded(({ entries }) => ({ entries, problem: answer.failure.message }))
      else setLoaded({ entries: answer.value, problem: '' })
      if (!isDone) timer = setTimeout(() => void load(), AGAIN)
    }

    void load()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [client, subject])
  return loaded
}
