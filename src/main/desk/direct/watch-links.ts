import type { Timer } from '../../../shared/ports/timer.ts'
import { describeLoss } from '../describe-loss.ts'
import type { LinkBoard, LinkPart } from '../links.ts'
import { LOOK_EVERY } from '../upstream.ts'

/** What is asked of a part to see whether it is well. */
export type Questions = Readonly<Record<LinkPart, () => Promise<unknown>>>

// A person at a gate notices a stalled screen after about as long.
const PATIENCE = 4_000

/** Asks both parts again and again. A question without an answer is not asked a second time beside itself. */
export function watchLinks(questions: Questions, links: LinkBoard, timer: Timer): () => void {
  const looks = [look('store', questions.store, { links, timer }), look('log', questions.log, { links, timer })]
  return timer.every(LOOK_EVERY, () => {
    for (const again of looks) again()
  })
}

function look(
  part: LinkPart,
  ask: () => Promise<unknown>,
  { links, timer }: { readonly links: LinkBoard; readonly timer: Timer },
): () => void {
  let isAsking = false
  return () => {
    if (isAsking) return
    isAsking = true
    const cancel = timer.after(PATIENCE, () => links.set(part, 'lost', 'no answer'))
    ask()
      .then(
        () => links.set(part, 'ok'),
        (error: unknown) => links.set(part, 'lost', describeLoss(error)),
      )
      .finally(() => {
        isAsking = false
        cancel()
      })
  }
}
