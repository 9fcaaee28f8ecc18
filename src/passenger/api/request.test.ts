import { describe, expect, test } from 'vitest'
import { post, RequestError, request } from './request.ts'

const answer =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status })

describe('request', () => {
  test('reads the JSON of the answer', async () => {
    expect(await request(answer('{"flights":[]}'), '/api/flights')).toEqual({ flights: [] })
  })

  test.each([
    ['the code of the error shape', '{"code":"FL_RATE_LIMITED","message":"x"}', 429, 'FL_RATE_LIMITED'],
    ['the status where there is no JSON', '<html>', 502, 'HTTP_502'],
    ['the status where the code is none', '{"code":7}', 500, 'HTTP_500'],
    ['the status where the answer is empty', '', 404, 'HTTP_404'],
  ])('refuses with %s', async (_name, body, status, code) => {
    await expect(request(answer(body, status), '/x')).rejects.toEqual(expect.objectContaining({ code }))
  })

  test('without an answer the page is offline, with the cause kept', async () => {
    const cause = new TypeError('Failed to fetch')
    const failing = request(() => Promise.reject(cause), '/x')

    await expect(failing).rejects.toBeInstanceOf(RequestError)
    await expect(failing).rejects.toMatchObject({ code: 'OFFLINE', cause })
  })
})

describe('post', () => {
  const asked = async (body?: unknown) => {
    const requests: RequestInit[] = []
    const fetch = async (_url: string, init: RequestInit = {}) => {
      requests.push(init)
      return Response.json({})
    }
    await (body === undefined ? post(fetch, '/x') : post(fetch, '/x', body))
    return requests[0]
  }

  test('sends JSON and says so', async () => {
    expect(await asked({ token: 't' })).toEqual({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"token":"t"}',
    })
  })

  test('without a body names no type: an empty text is not JSON', async () => {
    expect(await asked()).toEqual({ method: 'POST' })
  })
})
