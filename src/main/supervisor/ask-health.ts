import { z } from 'zod'

/** What a backend says of itself; `silent` when it says nothing. */
export type Health =
  | { readonly status: 'ok' }
  | { readonly status: 'degraded'; readonly parts: readonly string[] }
  | { readonly status: 'silent' }

const bodySchema = z.object({ parts: z.record(z.string(), z.object({ status: z.string() })) })

/** Asks `GET /health`; whoever answers at all is alive, however badly off. */
export async function askHealth(url: string, patience: number): Promise<Health> {
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(patience), redirect: 'error' })
    if (answer.ok) return { status: 'ok' }
    const body = bodySchema.safeParse(await answer.json())
    const parts = Object.entries(body.data?.parts ?? {}).filter(([, part]) => part.status !== 'ok')
    return { status: 'degraded', parts: parts.map(([name]) => name) }
  } catch {
    return { status: 'silent' }
  }
}
