import { useEffect, useMemo, useState } from 'react'
import type { Audience } from '../../../shared/domain/audience.ts'
import { ask } from '../../api/ask.ts'
import { useConsole } from '../../components/console-context.ts'

/** How many an audience holds; no counts while they are being asked for. */
export interface Preview {
  readonly departures?: number
  readonly passengers?: number
  readonly problem?: string
}

// Long enough not to ask for every letter, short enough to feel live.
const SETTLE = 300

/** The counts of an audience, asked for again whenever it changes. */
export function usePreview(audience: Audience | undefined): Preview {
  const { client } = useConsole()
  const [preview, setPreview] = useState<Preview>({})
  // By value: the form makes a new object with every key, also when the audience stays the same.
  const text = JSON.stringify(audience)
  const asked = useMemo<Audience | undefined>(() => (text === undefined ? undefined : JSON.parse(text)), [text])
  useEffect(() => {
    setPreview({})
    if (!asked) return undefined
    const stop = new AbortController()
    const { signal } = stop
    const timer = setTimeout(async () => {
      const answer = await ask(client(), ({ broadcasts }) => broadcasts.preview({ audience: asked }, { signal }))
      if (!signal.aborted) setPreview(answer.failure ? { problem: answer.failure.message } : answer.value)
    }, SETTLE)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [client, asked])
  return preview
}
