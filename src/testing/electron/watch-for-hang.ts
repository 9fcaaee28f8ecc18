import type { EventEmitter } from 'node:events'
import type { PageSession } from './page-session.ts'

const EVERY = 1_000
const PATIENCE = 3_000

/** Emits `unresponsive` when a page answers nothing, and `responsive` when it does again. @returns its end */
export function watchForHang(page: PageSession, contents: EventEmitter): () => void {
  let hangs = false
  let isAsking = false
  const look = async () => {
    if (isAsking) return
    isAsking = true
    const patience = setTimeout(() => {
      hangs = true
      contents.emit('unresponsive')
    }, PATIENCE)
    try {
      await page.call('Runtime.evaluate', { expression: '1' })
    } catch {
      // A page that is gone says so by other events.
      hangs = false
    } finally {
      clearTimeout(patience)
      isAsking = false
    }
    if (hangs) contents.emit('responsive')
    hangs = false
  }
  const timer = setInterval(() => void look(), EVERY).unref()
  return () => clearInterval(timer)
}
