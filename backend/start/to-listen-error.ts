import { FlightlineError } from '../../src/shared/lib/errors.ts'

const problems: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'another program listens there; set PORT to a free one'],
  ['EACCES', 'this needs more rights; set PORT to 1024 or above'],
  ['EADDRNOTAVAIL', 'this machine has no such address; correct HOST'],
  ['ENOTFOUND', 'no address is known for this name; correct HOST'],
])

/** Turns what the system has against listening into an error that says what to do; all else stays what it is. */
export function toListenError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  const problem = error instanceof Error && 'code' in error ? problems.get(error.code) : undefined
  return problem === undefined
    ? error
    : new FlightlineError('FL_LISTEN_FAILED', { host, port, problem }, { cause: error })
}
