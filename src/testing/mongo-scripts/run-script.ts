import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { z } from 'zod'
import { findPackageRoot } from '../../node/config/package-root.ts'

const folder = join(findPackageRoot(), 'deploy', 'mongodb')

/** What a script of `deploy/mongodb` asked of the database: the name of the method, then what it was given. */
export type Asked = readonly [method: string, ...values: unknown[]]

/** A database as scripts see it; what is asked of it is kept. `there`: what exists already. */
export function recordingDatabase(
  there: { readonly collections?: readonly string[]; readonly accounts?: boolean } = {},
) {
  const asked: Asked[] = []
  const record =
    (method: string) =>
    (...values: unknown[]) => {
      // A copy without the prototypes of the other realm, so that it can be compared.
      asked.push([method, ...values.map((value): unknown => JSON.parse(JSON.stringify(value)))])
      return { ok: 1 }
    }
  const methods = ['createRole', 'updateRole', 'createUser', 'updateUser', 'createCollection', 'runCommand']
  const database = {
    ...Object.fromEntries(methods.map((method) => [method, record(method)])),
    getName: () => 'flightline',
    getRole: () => (there.accounts ? {} : null),
    getUser: () => (there.accounts ? {} : null),
    getCollectionNames: () => there.collections ?? [],
  }
  return { database, asked }
}

/** Runs a script as mongosh does, with these globals; `load` works as it does there. @returns its global object */
export function runScript(name: string, globals: Readonly<Record<string, unknown>> = {}): object {
  const printed: string[] = []
  const context = createContext({
    __dirname: folder,
    process: { env: {} },
    print: (line: string) => printed.push(line),
    load: (path: string) => runInContext(asFunction(path), context),
    ...globals,
  })
  runInContext(asFunction(join(folder, name)), context)
  return context
}

/** Each file has a scope of its own, and what it shares it puts on the global object. */
function asFunction(path: string): string {
  return `(() => {${readFileSync(path, 'utf8')}\n})()`
}

const privilegesSchema = z.array(
  z.object({ resource: z.object({ db: z.string(), collection: z.string() }), actions: z.array(z.string()) }),
)

/** What a desk's account may do: actions by collection, as `roles.js` gives them. */
export function deskPrivileges(): ReadonlyMap<string, readonly string[]> {
  const { database, asked } = recordingDatabase()
  const script = z.object({ flightlineRoles: z.object({ makeDeskRole: z.function() }) }).parse(runScript('roles.js'))
  Reflect.apply(script.flightlineRoles.makeDeskRole, script.flightlineRoles, [database])
  const [, role] = asked[0] ?? []
  const { privileges } = z.object({ privileges: privilegesSchema }).parse(role)
  return new Map(privileges.map(({ resource, actions }) => [resource.collection, actions]))
}

/** The schemas of `validators.js`, by collection. */
export function validatorSchemas(): Readonly<Record<string, object>> {
  const script = z
    .object({ flightlineValidators: z.object({ schemas: z.record(z.string(), z.looseObject({})) }) })
    .parse(JSON.parse(JSON.stringify(runScript('validators.js'))))
  return script.flightlineValidators.schemas
}
