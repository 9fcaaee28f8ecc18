import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { ImportReport } from './import-report.ts'
import type { HttpParts } from './parts.ts'
import { requireActor } from './session.ts'

// 100,000 bookings are about 15 MB of CSV.
const MAX_CSV = 64 * 1024 * 1024

/** CSV import for administrators. */
export function registerImports(app: FastifyInstance, parts: HttpParts): void {
  app.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: MAX_CSV }, (_request, body, done) =>
    done(null, body),
  )
  const schema = { tags: ['import'], consumes: ['text/csv'] }
  const limit = { bodyLimit: MAX_CSV }
  app.post('/api/import/departures', { ...limit, schema: { ...schema, summary: 'Import departures' } }, (request) =>
    run(parts, request, (csv) => parts.importDepartures(csv)),
  )
  app.post('/api/import/bookings', { ...limit, schema: { ...schema, summary: 'Import bookings' } }, (request) =>
    run(parts, request, (csv) => parts.importBookings(csv)),
  )
}

async function run(
  parts: HttpParts,
  request: FastifyRequest,
  load: (csv: string) => Promise<ImportReport>,
): Promise<ImportReport> {
  await requireActor(parts, request, 'importData')
  if (typeof request.body !== 'string') throw new FlightlineError('FL_BAD_REQUEST', { problems: ['send text/csv'] })
  return load(request.body)
}
