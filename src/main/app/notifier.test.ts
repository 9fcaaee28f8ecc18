import { EventEmitter } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createNotifier, MOST_HELD, type ShownNotification } from './notifier.ts'

setFlagsFromString('--expose_gc')
const collectGarbage: () => void = runInNewContext('gc')

/** As Electron's: what is shown on the screen holds nothing of it. */
class MadeUp extends EventEmitter {
  readonly show = () => undefined
}

function openBench(isSupported = true) {
  const shown: WeakRef<MadeUp>[] = []
  const notify = createNotifier({
    isSupported: () => isSupported,
    create() {
      const made = new MadeUp()
      shown.push(new WeakRef(made))
      const given: unknown = made
      return given as ShownNotification // as much of one as is used
    },
  })
  const alive = async () => {
    // A weak reference holds until its turn is over.
    await new Promise((resolve) => setTimeout(resolve))
    collectGarbage()
    return shown.filter((reference) => reference.deref() !== undefined).length
  }
  return { notify, shown, alive }
}

const alert = { title: 'Conflict', text: 'B6 739: somebody else changed the gate.' }

test('one that is shown can still be clicked after garbage was collected, and is held no longer', async () => {
  const { notify, shown, alive } = openBench()
  let clicks = 0
  notify(alert, () => (clicks += 1))
  expect(await alive()).toBe(1)
  shown[0]?.deref()?.emit('click')
  expect(clicks).toBe(1)
  expect(await alive()).toBe(0)
})

test.each(['close', 'failed'])('one with the event "%s" is held no longer', async (event) => {
  const { notify, shown, alive } = openBench()
  notify(alert, () => undefined)
  shown[0]?.deref()?.emit(event)
  expect(await alive()).toBe(0)
})

test('of many that nobody touches only the newest are held', async () => {
  const { notify, alive } = openBench()
  for (let count = 0; count < MOST_HELD + 5; count += 1) notify(alert, () => undefined)
  expect(await alive()).toBe(MOST_HELD)
})

test('where the system shows none, none is made', () => {
  const { notify, shown } = openBench(false)
  notify(alert, () => undefined)
  expect(shown).toEqual([])
})
