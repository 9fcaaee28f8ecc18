/** What Kafka or the library calls a failure, e.g. `NOT_LEADER_FOR_PARTITION`; without addresses and content. */
export function nameFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('type' in error && typeof error.type === 'string') return error.type
  const cause = error.cause instanceof Error ? nameFailure(error.cause) : 'Error'
  return cause === 'Error' ? error.name : cause
}

/** Whether asking again is of no use, however often: the broker will not take this. */
export function isFinal(error: unknown): boolean {
  return finals.has(nameFailure(error))
}

const finals = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'POLICY_VIOLATION',
])
