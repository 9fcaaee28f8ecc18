import { toApp } from './addresses.ts'
import { schemeHandlers } from './protocol.ts'

/** What Chromium is given for a request. */
interface Reply {
  readonly responseCode: number
  readonly responseHeaders: readonly { readonly name: string; readonly value: string }[]
  readonly body: string
}

/** Requests that no scheme of the program's answers; there is no network behind a window here. */
export const unanswered: string[] = []

/** Asks the handler that the program gave for the scheme. `undefined`: nobody answers. */
export async function answerRequest(request: {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}): Promise<Reply | undefined> {
  const url = toApp(request.url)
  const handler = schemeHandlers.get(new URL(url).protocol.slice(0, -1))
  if (!handler) {
    unanswered.push(url)
    return undefined
  }
  const response = await handler(new Request(url, { method: request.method, headers: { ...request.headers } }))
  return {
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  }
}
