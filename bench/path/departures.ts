import { HOUR, MINUTE } from '../../src/shared/domain/instant.ts'
import { signIn } from './desk.ts'

const DEPARTURES = 1_000

/** Imports a thousand departures of the coming hours, which nobody but the measurement will change. */
export async function importDepartures(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/import/departures`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', cookie: await signIn(url) },
    body: departuresCsv(Date.now() + HOUR),
  })
  const { accepted, rejected } = JSON.parse(await answer.text())
  if (accepted !== DEPARTURES) throw new Error(`import answered ${answer.status}: ${JSON.stringify(rejected)}`)
}

function departuresCsv(from: number): string {
  const rows = Array.from({ length: DEPARTURES }, (_, index) => {
    const scheduled = new Date(from + Math.floor(index / 2) * MINUTE).toISOString()
    return `FL,${index + 1},${scheduled.slice(0, 10)},JFK,BOS,${scheduled},B${index % 60}`
  })
  return ['carrier,number,origin_date,origin,destination,scheduled_departure,gate', ...rows].join('\n')
}
