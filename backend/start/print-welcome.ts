import type { FirstAccounts } from './first-accounts.ts'
import type { Backend } from './start-backend.ts'

/** What a person reads after `npm start`; the log is for machines. */
export function describeStart(
  { url, accounts, departures }: Pick<Backend, 'url' | 'accounts' | 'departures'>,
  seconds: number,
): string {
  return [
    '',
    `  Flightline    ${departures} departures on the board after ${seconds.toFixed(1)} s`,
    '',
    `  Passengers    ${url}/`,
    `  Console       ${url}/console/`,
    `  API           ${url}/docs`,
    '',
    `  Sign in as    ${accounts.names.join(', ')}`,
    `  Password      ${describePassword(accounts)}`,
    '',
    '',
  ].join('\n')
}

/** One from the settings is a secret that whoever set it knows; output ends up in log collectors. */
function describePassword({ origin, password }: FirstAccounts): string {
  if (origin === 'settings') return 'as set in FLIGHTLINE_ADMIN_PASSWORD'
  return password ?? 'as printed at the first start; FLIGHTLINE_ADMIN_PASSWORD sets another'
}
