import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import type { DesktopParts } from './desktop-parts.ts'

/** Everything that a window shows about the program around it. */
export function readState({
  desk,
  backend,
  version,
}: Pick<DesktopParts, 'desk' | 'backend' | 'version'>): DesktopState {
  return { mode: desk.mode(), ...desk.links.read(), backend: backend.read(), version }
}

/** The present state, then the latest one whenever it changed; what came in between is of no interest any more. */
export async function* watchState(
  parts: Pick<DesktopParts, 'desk' | 'backend' | 'version'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<DesktopState, void> {
  let isNews = true
  let wake: () => void = () => undefined
  const changed = () => {
    isNews = true
    wake()
  }
  const stops = [parts.desk.links.onChange(changed), parts.backend.onChange(changed)]
  signal?.addEventListener('abort', changed)
  try {
    while (!signal?.aborted) {
      isNews = false
      yield readState(parts)
      if (!isNews) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal?.removeEventListener('abort', changed)
    for (const stop of stops) stop()
  }
}
