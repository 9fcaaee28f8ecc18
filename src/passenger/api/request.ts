/** A refusal with the server's code, or `OFFLINE` when there was no answer. */
export class RequestError extends Error {
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(code, options)
    this.name = 'RequestError'
    this.code = code
  }
}

/** The browser's `fetch`, as far as it is used. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>

/**
 * Asks our own server for JSON, whose shape is trusted: page and server are built together.
 * @throws RequestError
 */
export async function request<T>(fetch: Fetch, url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new RequestError('OFFLINE', { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new RequestError(codeOf(body) ?? `HTTP_${response.status}`)
  // Reason for the cast: the server writes by the types that callers name here; schemas would outweigh the page.
  return body as T
}

/** Asks with a body. */
export function post<T>(fetch: Fetch, url: string, body?: unknown): Promise<T> {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return request<T>(fetch, url, { method: 'POST', ...json })
}

function codeOf(body: unknown): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
  return typeof code === 'string' ? code : undefined
}
