/** A failure as it is logged and shown. */
export interface ExplainedFailure {
  readonly code: string
  readonly message: string
}

const untrusted = /SIGNATURE|CHECKSUM/

/**
 * Names a failure of the updater by its code. Its own message holds addresses and the headers of the answer, which
 * belong neither in a log nor before a person.
 */
export function explainFailure(error: unknown): ExplainedFailure {
  const code = codeOf(error)
  const message = untrusted.test(code)
    ? 'An update was refused: it is not what the makers of Flightline released. Tell your administrator.'
    : 'The last look for an update failed; there will be another in some hours.'
  return { code, message }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
