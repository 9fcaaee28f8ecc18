import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { z } from 'zod'
import { contract } from '../../src/shared/api/contract.ts'
import { departureSchema } from '../../src/shared/events/departure-schema.ts'
import { errorAnswer } from './answer-schemas.ts'
import { DESK_PREFIX, isForIntegrators } from './desk-api.ts'

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
})

/** Paths and components of the desk's contract, to be merged into the document of the other routes. */
export async function describeDesk(): Promise<z.output<typeof documentSchema>> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const generated = await generator.generate(contract, {
    filter: isForIntegrators,
    commonSchemas: { StaffDeparture: { schema: departureSchema }, Error: { schema: errorAnswer } },
  })
  const { paths, components } = documentSchema.parse(generated)
  const failure = {
    description: 'Any error; a stale command (409) has the present departure in details.departure',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    operation.responses.default = failure
  }
  return {
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [DESK_PREFIX + path, item])),
    components,
  }
}
