/** How often the parent is looked at. Milliseconds. */
const LOOK_EVERY = 250

/**
 * Calls back when the process that started us is gone. npm runs its scripts in a shell that passes no signal on: whoever
 * stops `npm start` would otherwise leave us behind with the port taken.
 * @param parentOf - asked again and again; another answer than the first means that the parent has gone
 * @returns the end of the watch
 */
export function watchParent(gone: () => void, parentOf: () => number = () => process.ppid): () => void {
  const first = parentOf()
  const timer = setInterval(() => {
    if (parentOf() === first) return
    clearInterval(timer)
    gone()
  }, LOOK_EVERY).unref()
  return () => clearInterval(timer)
}
