import { createFlightsApi } from '../../passenger/api/flights-api.ts'
import { createPoller } from '../../passenger/api/poller.ts'
import type { Text } from '../../passenger/lib/text.ts'
import type { SocketHandlers } from '../../passenger/live/live-parts.ts'
import { createPage } from '../../passenger/page/create-page.ts'
import type { Page } from '../../passenger/page/page.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { NOON } from '../fixtures/departure.ts'
import { type ManualTimer, manualTimer } from '../twins/manual-timer.ts'
import { speak } from './words.ts'

/** Answers by method and path, e.g. `GET /api/flights/x`; what is not named is not found. */
export type Answers = Record<string, unknown>

/** A whole page on a server that a test plays. */
export interface PageBench {
  readonly page: Page
  readonly timer: ManualTimer
  readonly answers: Answers
  /** Method and address of each request. */
  readonly asked: string[]
  readonly sent: { op: string; flights?: unknown }[]
  readonly visited: string[]
  readonly stored: Map<string, string>
  readonly clock: { now: number }
  receive(frame: ServerFrame): void
  /** Lets everything that has been answered arrive. */
  settle(): Promise<void>
}

/** What a test sets up beside the answers. */
export interface PageSetup {
  readonly address?: string
  readonly followed?: readonly string[]
  readonly text?: Text
}

/** Opens a page; its server is down for everything that `answers` does not name. */
export async function pageBench(answers: Answers = {}, setup: PageSetup = {}): Promise<PageBench> {
  const timer = manualTimer()
  const clock = { now: NOON }
  const observed: Pick<PageBench, 'asked' | 'sent' | 'visited'> = { asked: [], sent: [], visited: [] }
  const stored = new Map(setup.followed ? [['flightline.followed', JSON.stringify(setup.followed)]] : [])
  const sockets: SocketHandlers[] = []
  const fetch = answering(answers, observed.asked)
  const api = createFlightsApi(fetch)
  const page = createPage({
    ...{ api, timer, text: setup.text ?? speak(), address: setup.address ?? '' },
    poller: createPoller(fetch, api.notices),
    now: () => clock.now,
    random: () => 0.5,
    storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) },
    navigate: (href) => void observed.visited.push(href),
    openSocket(handlers) {
      sockets.push(handlers)
      return { send: (text) => void observed.sent.push(JSON.parse(text)), close: () => undefined }
    },
  })
  const settle = async () => {
    for (let round = 0; round < 5; round++) await new Promise(setImmediate)
  }
  await settle()
  const receive = (frame: ServerFrame) => sockets.at(-1)?.message(JSON.stringify(frame))
  return { page, timer, answers, stored, clock, receive, settle, ...observed }
}

/** A failure: answer with a status and a code. */
export class Refusal {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    this.status = status
    this.code = code
  }
}

function answering(answers: Answers, asked: string[]) {
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const name = `${init.method ?? 'GET'} ${url}`
    asked.push(name)
    const path = name.split('?')[0] ?? name
    const answer = answers[name] ?? answers[path]
    if (answer === undefined) throw new TypeError('Failed to fetch')
    if (answer instanceof Refusal) return Response.json({ code: answer.code, message: '' }, { status: answer.status })
    return Response.json(answer)
  }
}
