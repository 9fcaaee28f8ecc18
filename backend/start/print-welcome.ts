import type { Backend } from './start-backend.ts'

/** What a person reads after `npm start`; the log is for machines. */
export function describeStart({ url, accounts, departures }: Backend, seconds: number): string {
  const password = accounts.password ?? 'as printed at the first start, or set FLIGHTLINE_ADMIN_PASSWORD'
  return [
    '',
    `  Flightline    ${departures} departures on the board after ${seconds.toFixed(1)} s`,
    '',
    `  Passengers    ${url}/`,
    `  Console       ${url}/console/`,
    `  API           ${url}/docs`,
    '',
    `  Sign in as    ${accounts.names.join(', ')}`,
    `  Password      ${password}`,
    '',
    '',
  ].join('\n')
}
