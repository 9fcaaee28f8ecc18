import { describe, expect, test } from 'vitest'
import { flight } from '../../testing/passenger/flights.ts'
import { createPoller } from './poller.ts'

type Answer = { readonly body?: unknown; readonly etag?: string; readonly status?: number }

/** A server that gives these answers one after another, and what it was asked. */
function serverWith(...answers: readonly (Answer | Error)[]) {
  const queue = [...answers]
  const asked: (readonly [string, string | null])[] = []
  const fetch = async (url: string, init?: RequestInit) => {
    asked.push([url, new Headers(init?.headers).get('if-none-match')])
    const answer = queue.shift() ?? { status: 500 }
    if (answer instanceof Error) throw answer
    const { body, etag, status = 200 } = answer
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: etag ? { etag } : {} })
  }
  return { fetch, asked }
}

const updates = (cursor: string, ...flights: readonly object[]) => ({ flights, cursor })
const noNotices = async () => []

describe('the poller', () => {
  test('asks for everything first, then for what changed since', async () => {
    const { fetch, asked } = serverWith({ body: updates('e:1', flight()) }, { body: updates('e:2') })
    const poller = createPoller(fetch, noNotices)

    expect(await poller.poll()).toEqual({ flights: [flight()], notices: [] })
    await poller.poll()

    expect(asked).toEqual([
      ['/api/check_updates', null],
      ['/api/check_updates?since=e%3A1', null],
    ])
  })

  test('a quiet server costs no body: the tag of the same question comes along, and 304 is no change', async () => {
    const quiet = { body: updates('e:1'), etag: '"t"' }
    const { fetch, asked } = serverWith(quiet, quiet, { status: 304 })
    const poller = createPoller(fetch, noNotices)
    await poller.poll()
    await poller.poll()

    expect(await poller.poll()).toEqual({ flights: [], notices: [] })
    expect(asked.map(([, tag]) => tag)).toEqual([null, null, '"t"'])
  })

  test('continues from the position that the socket had', async () => {
    const { fetch, asked } = serverWith({ body: updates('e:9') })
    const poller = createPoller(fetch, noNotices)
    poller.continueFrom('e:8')
    await poller.poll()

    expect(asked[0]?.[0]).toBe('/api/check_updates?since=e%3A8')
  })

  test('a refused or failed poll keeps the place', async () => {
    const { fetch, asked } = serverWith(
      { body: updates('e:1') },
      { status: 503, body: { code: 'FL_STORE_UNAVAILABLE' } },
      new TypeError('Failed to fetch'),
      { body: updates('e:2') },
    )
    const poller = createPoller(fetch, noNotices)
    await poller.poll()

    await expect(poller.poll()).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    await expect(poller.poll()).rejects.toMatchObject({ code: 'OFFLINE' })
    await poller.poll()

    expect(asked.slice(1).map(([url]) => url)).toEqual(Array(3).fill('/api/check_updates?since=e%3A1'))
  })

  test('does not move on when the notices fail, so that no change is lost', async () => {
    const { fetch, asked } = serverWith({ body: updates('e:1', flight()) })
    const failures = [new Error('offline')]
    const poller = createPoller(fetch, async () => {
      const failure = failures.pop()
      if (failure) throw failure
      return []
    })

    await expect(poller.poll()).rejects.toThrow('offline')
    expect(await poller.poll()).toEqual({ flights: [flight()], notices: [] })
    expect(asked).toHaveLength(1)
  })
})
