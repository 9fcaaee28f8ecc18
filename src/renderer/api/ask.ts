import type { ConsoleClient } from './console-client.ts'
import { RequestFailure, toRequestFailure } from './request-failure.ts'

/** What a question came to. */
export type Answer<T> = { readonly value: T; readonly failure?: undefined } | { readonly failure: RequestFailure }

/**
 * Asks the desk service something; a failure is an answer too, so that callers need no second path for it.
 * @param client - `undefined` while there is no connection
 */
export async function ask<T>(
  client: ConsoleClient | undefined,
  question: (client: ConsoleClient) => Promise<T>,
): Promise<Answer<T>> {
  if (!client) {
    return { failure: new RequestFailure('lost', 'LOST', { message: 'There is no connection at the moment.' }) }
  }
  try {
    return { value: await question(client) }
  } catch (error) {
    return { failure: toRequestFailure(error) }
  }
}
