import { describe, expect, test, vi } from 'vitest'
import { RequestError } from '../api/request.ts'
import { createEmailForm } from './email-form.ts'

const request = { flightId: 'x', email: 'a@example.com', language: 'en' }

describe('the e-mail form', () => {
  test('tells where to look once the server has taken the request', async () => {
    const form = createEmailForm(async () => undefined)
    await form.send(request)

    expect(form.state.get()).toEqual({ phase: 'sent', email: 'a@example.com' })
  })

  test.each([
    ['FL_BAD_REQUEST', 'email.invalid'],
    ['FL_RATE_LIMITED', 'email.limited'],
    ['FL_INTERNAL', 'email.failed'],
    ['OFFLINE', 'email.failed'],
  ])('says of %s: %s', async (code, problem) => {
    const form = createEmailForm(() => Promise.reject(new RequestError(code)))
    await form.send(request)

    expect(form.state.get()).toEqual({ phase: 'failed', problem })
  })

  test('a defect reads as a failure, not as silence', async () => {
    const form = createEmailForm(() => Promise.reject(new TypeError('x')))
    await form.send(request)

    expect(form.state.get()).toEqual({ phase: 'failed', problem: 'email.failed' })
  })

  test('a second press while the first is under way sends nothing', async () => {
    const first = Promise.withResolvers<void>()
    const submit = vi.fn(() => first.promise)
    const form = createEmailForm(submit)
    const sending = form.send(request)
    await form.send(request)
    first.resolve()
    await sending

    expect(submit).toHaveBeenCalledTimes(1)
  })

  test('is empty again for another flight', async () => {
    const form = createEmailForm(async () => undefined)
    await form.send(request)
    form.reset()

    expect(form.state.get()).toEqual({ phase: 'idle' })
  })
})
