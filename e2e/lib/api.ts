import { expect } from 'playwright/test'
import { z } from 'zod'
import { signIn } from '../../src/testing/chain/console-client.ts'
import type { Station } from './station.ts'

const flightSchema = z.object({
  id: z.string(),
  carrier: z.string(),
  number: z.string(),
  origin: z.string(),
  originZone: z.string(),
  destination: z.string(),
  scheduledAt: z.string(),
  gate: z.string().optional(),
  status: z.string(),
  delayMinutes: z.number(),
})

const flightsSchema = z.object({ flights: z.array(flightSchema) })
const mailSchema = z.object({ to: z.string(), subject: z.string().default(''), text: z.string() })
const mailboxSchema = z.object({ messages: z.array(mailSchema) })
const healthSchema = z.object({
  parts: z.object({ 'demo-bookings': z.object({ departures: z.number(), filled: z.number() }) }),
})

/** A flight as anybody may read it. */
export type Flight = z.output<typeof flightSchema>

/** A message that had no provider. */
export type Mail = z.output<typeof mailSchema>

/** `B6 739`, as people write it. */
export function nameOf({ carrier, number }: Pick<Flight, 'carrier' | 'number'>): string {
  return `${carrier} ${number}`
}

/** Flights as the API lists them. @param query - e.g. `status=SCHEDULED` */
export async function listFlights(station: Pick<Station, 'url'>, query: string): Promise<readonly Flight[]> {
  const response = await fetch(`${station.url}/api/flights?limit=200&${query}`)
  return flightsSchema.parse(await response.json()).flights
}

/** Waits until every flight has its made-up passengers: who is booked later is not told of what was before. */
export async function waitForBookings(station: Pick<Station, 'url'>): Promise<void> {
  const missing = async () => {
    const health = healthSchema.parse(await (await fetch(`${station.url}/health`)).json())
    const { departures, filled } = health.parts['demo-bookings']
    return departures === 0 ? 'not begun' : departures - filled
  }
  await expect.poll(missing, { message: 'flights without bookings', timeout: 90_000 }).toBe(0)
}

/** Flights that nobody has touched yet, those that leave last first: a new one for each test. */
export async function createFlightPicker(station: Pick<Station, 'url'>): Promise<() => Flight> {
  const flights = [...(await listFlights(station, 'status=SCHEDULED'))]
  return () => {
    const flight = flights.pop()
    if (!flight) throw new Error('the day has no more flights to test with')
    return flight
  }
}

/** Messages in the mailbox that have all these words in subject or text. */
export async function findMails(station: Pick<Station, 'url'>, ...words: readonly string[]): Promise<readonly Mail[]> {
  const cookie = await signIn(station.url, 'gate')
  const response = await fetch(`${station.url}/dev/mailbox?limit=1000`, { headers: { cookie } })
  const { messages } = mailboxSchema.parse(await response.json())
  return messages.filter(({ subject, text }) => words.every((word) => `${subject}\n${text}`.includes(word)))
}
