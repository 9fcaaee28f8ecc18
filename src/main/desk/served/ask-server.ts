import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'

/** A request to the server. */
export interface ServerQuestion {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly cookie?: string | undefined
  readonly json?: unknown
}

/** Its answer. Redirects are answers like any other: nothing is ever sent on to where they point. */
export interface ServerAnswer {
  readonly status: number
  readonly setCookie: readonly string[]
  /** `undefined` when it is no JSON. */
  readonly body: unknown
}

const PATIENCE = 8_000

// What is asked for here is a name, a role and some stations.
const MOST_BYTES = 64 * 1024

/**
 * Asks the server once. The certificate is verified whatever the environment says.
 * @throws what Node throws when nothing answers, or nothing that is trusted
 */
export function askServer(url: URL, { method, cookie, json }: ServerQuestion): Promise<ServerAnswer> {
  const body = json === undefined ? undefined : JSON.stringify(json)
  const request = url.protocol === 'https:' ? requestSecure : requestPlain
  const options = {
    method,
    agent: false,
    rejectUnauthorized: true,
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      accept: 'application/json',
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    },
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => readAnswer(response).then(resolve, reject))
    asked.on('error', reject)
    asked.end(body)
  })
}

async function readAnswer(response: IncomingMessage): Promise<ServerAnswer> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    text += String(chunk)
    if (text.length > MOST_BYTES) throw new Error('the answer of the server is too long')
  }
  return { status: response.statusCode ?? 0, setCookie: response.headers['set-cookie'] ?? [], body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
