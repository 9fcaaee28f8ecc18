import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import type { DesktopParts } from './desktop-parts.ts'

/** What the state of the program is read from. */
type StateParts = Pick<DesktopParts, 'backend' | 'updates' | 'version'> & {
  readonly desk: Pick<DesktopParts['desk'], 'links' | 'mode' | 'service'>
}

/** Everything that a window shows about the program around it. */
export function readState({ desk, backend, updates, version }: StateParts): DesktopState {
  return {
    mode: desk.mode(),
    service: desk.service() || null,
    ...desk.links.read(),
    backend: backend.read(),
    update: updates.read(),
    version,
  }
}

/** The present state, then the latest one whenever it changed; what came in between is of no interest any more. */
export async function* watchState(
  parts: StateParts,
  signal: AbortSignal | undefined,
): AsyncGenerator<DesktopState, void> {
  let isNews = true
  let wake: () => void = () => undefined
  const changed = () => {
    isNews = true
    wake()
  }
  const { desk, backend, updates } = parts
  const stops = [desk.links, backend, updates].map(({ onChange }) => onChange(changed))
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
