import { describe, expect, test, vi } from 'vitest'
import { RequestError } from '../api/request.ts'
import { createLinkAction } from './link-action.ts'

describe('the button of a mail’s link', () => {
  test('does nothing until it is pressed: programs open links too', () => {
    const act = vi.fn()
    const { state } = createLinkAction(act)

    expect(act).not.toHaveBeenCalled()
    expect(state.get()).toEqual({ phase: 'ready' })
  })

  test('tells which flight it was about', async () => {
    const action = createLinkAction(async () => ({ flightId: 'x' }))
    await action.press()

    expect(action.state.get()).toEqual({ phase: 'done', flightId: 'x' })
  })

  test.each([
    ['FL_SUBSCRIPTION_UNKNOWN', 'unknown'],
    ['FL_BAD_REQUEST', 'unknown'],
    ['OFFLINE', 'failed'],
    ['FL_RATE_LIMITED', 'failed'],
  ])('after %s it is %s', async (code, phase) => {
    const action = createLinkAction(() => Promise.reject(new RequestError(code)))
    await action.press()

    expect(action.state.get()).toEqual({ phase })
  })

  test('a double press acts once, and a press after a failure again', async () => {
    const failures: Error[] = [new RequestError('OFFLINE')]
    const act = vi.fn(async () => {
      const failure = failures.pop()
      if (failure) throw failure
      return { flightId: 'x' }
    })
    const action = createLinkAction(act)
    await Promise.all([action.press(), action.press()])
    expect(act).toHaveBeenCalledTimes(1)

    await action.press()

    expect(action.state.get()).toEqual({ phase: 'done', flightId: 'x' })
  })
})
