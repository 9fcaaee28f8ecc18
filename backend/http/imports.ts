import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { ImportReport } from '../ingest/import/import-report.ts'
import { importAnswer } from './answer-schemas.ts'
import type { HttpParts } from './parts.ts'
import { requireActor } from './session.ts'

// 100,000 bookings are about 15 MB of CSV.
const MAX_CSV = 64 * 1024 * 1024

/** CSV import for administrators. */
export async function registerImports(app: FastifyInstance, parts: HttpParts): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: MAX_CSV }, (_request, body, done) =>
      done(null, body),
    )
    // Before the body is read: a stranger must not make us hold 64 MB.
    scope.addHook('onRequest', async (request) => void (await requireActor(parts, request, 'importData')))
    post(scope, 'departures', parts.importDepartures)
    post(scope, 'bookings', parts.importBookings)
    done()
  })
}

function post(scope: FastifyInstance, what: string, load: (csv: string) => Promise<ImportReport>): void {
  const schema = { tags: ['import'], summary: `Import ${what} (admin)`, consumes: ['text/csv'] }
  const config = { answers: { 200: importAnswer } }
  scope.post(`/api/import/${what}`, { bodyLimit: MAX_CSV, schema, config }, (request) => load(readCsv(request)))
}

function readCsv({ body }: FastifyRequest): string {
  if (typeof body === 'string') return body
  throw new FlightlineError('FL_BAD_REQUEST', { problems: ['body: send text/csv'] })
}
