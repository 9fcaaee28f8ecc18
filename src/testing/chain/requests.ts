import { z } from 'zod'
import type { MailAsReceived } from './run-record.ts'
import { readServerMails } from './server-mails.ts'
import type { ChainSystem } from './system.ts'

const updatesSchema = z.object({
  flights: z.array(z.looseObject({ id: z.string(), revision: z.number(), gate: z.string().optional() })),
  cursor: z.string(),
})

/** What a poller gets; `undefined` where nothing changed. */
export interface Poll {
  readonly body: z.output<typeof updatesSchema> | undefined
  readonly etag: string
}

/** Asks as a page without a socket does. */
export async function pollUpdates(url: string, since?: string, etag?: string): Promise<Poll> {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`
  const headers = etag === undefined ? {} : { 'if-none-match': etag }
  const response = await fetch(`${url}/api/check_updates${query}`, { headers })
  const body = response.status === 304 ? undefined : updatesSchema.parse(await response.json())
  return { body, etag: response.headers.get('etag') ?? '' }
}

const mailboxSchema = z.object({
  messages: z.array(z.object({ id: z.string(), to: z.string(), text: z.string() })),
})

/** Mails that came so far, wherever the mode sends them; the oldest first. */
export async function readMails(system: ChainSystem, cookie: string): Promise<readonly MailAsReceived[]> {
  const sent = readServerMails(system)
  if (sent) return sent
  const response = await fetch(`${system.backend.url}/dev/mailbox?limit=1000`, { headers: { cookie } })
  return mailboxSchema.parse(await response.json()).messages.toReversed()
}

/** Mails of the mail server to the passengers of one flight of a station day. */
export function readMailsTo(system: ChainSystem, flight: number): readonly MailAsReceived[] {
  return (readServerMails(system) ?? []).filter(({ to }) => to.endsWith(`.${flight}@example.com`))
}

const healthSchema = z.looseObject({
  status: z.string(),
  parts: z.record(z.string(), z.looseObject({ status: z.string() })),
})

/** Health as a load balancer sees it: the code, and the state of each part. */
export async function readHealth(
  url: string,
): Promise<{ readonly code: number; readonly parts: Record<string, string> }> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(8_000) })
  const { parts } = healthSchema.parse(await response.json())
  const states = Object.entries(parts).map(([name, { status }]) => [name, status] as const)
  return { code: response.status, parts: Object.fromEntries(states) }
}
