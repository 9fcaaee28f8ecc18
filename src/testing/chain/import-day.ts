import { z } from 'zod'
import type { StationDay } from './station.ts'

const answerSchema = z.object({ accepted: z.number(), rejected: z.array(z.unknown()) })

/** Imports a day as an administrator does. @throws when a line is not taken */
export async function importDay(url: string, cookie: string, day: StationDay): Promise<void> {
  await post(`${url}/api/import/departures`, cookie, day.departuresCsv)
  await post(`${url}/api/import/bookings`, cookie, day.bookingsCsv)
}

async function post(address: string, cookie: string, csv: string): Promise<void> {
  const response = await fetch(address, { method: 'POST', headers: { cookie, 'content-type': 'text/csv' }, body: csv })
  const text = await response.text()
  if (!response.ok) throw new Error(`${address} answered ${response.status} ${text}`)
  const answer = answerSchema.parse(JSON.parse(text))
  if (answer.rejected.length > 0) throw new Error(`${address} rejected ${JSON.stringify(answer.rejected[0])}`)
}
