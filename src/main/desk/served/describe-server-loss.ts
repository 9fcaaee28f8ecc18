/**
 * Why the server cannot be reached, for a person, by the names that Node gives: its texts hold addresses.
 */
export function describeServerLoss(error: unknown): string {
  const code = nameOf(error)
  if (code === undefined) return 'The server does not answer as a Flightline server does.'
  if (/CERT|SIGNATURE|SIGNED|TLS|SSL/.test(code)) return `The certificate of the server is not accepted (${code}).`
  return `The server does not answer (${code}).`
}

function nameOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'no answer' : undefined
}
