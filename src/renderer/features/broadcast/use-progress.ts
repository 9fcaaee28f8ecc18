import { useEffect, useState } from 'react'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { useConsole } from '../../components/console-context.ts'
import { progressView } from './progress-view.ts'

const EVERY = 1_000

/** The progress of a broadcast, asked for each second until everybody has an end. A failed question is asked again. */
export function useProgress(sent: BroadcastProgress): BroadcastProgress {
  const { client } = useConsole()
  const [progress, setProgress] = useState(sent)
  const isDone = progressView(progress).isDone
  useEffect(() => {
    if (isDone) return undefined
    const timer = setInterval(() => {
      const answer = client()?.broadcasts.progress({ id: sent.id })
      answer?.then(setProgress, () => undefined)
    }, EVERY)
    return () => clearInterval(timer)
  }, [client, sent.id, isDone])
  return progress
}
