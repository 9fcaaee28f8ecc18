import type { PowerSaveBlocker } from 'electron'

/** Keeps the screen on for as long as it is wanted; asked for again and again, it changes something only when need be. */
export function createKeepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): (isWanted: boolean) => void {
  let id: number | undefined
  return (isWanted) => {
    if (isWanted) id ??= blocker.start('prevent-display-sleep')
    else if (id !== undefined) {
      blocker.stop(id)
      id = undefined
    }
  }
}
