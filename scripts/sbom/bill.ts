import { z } from 'zod'

/** The parts of a CycloneDX document that we look at; the rest is passed on as npm wrote it. */
export const billSchema = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), version: z.string() }) }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      name: z.string(),
      version: z.string(),
      properties: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
})

/** A bill of materials in CycloneDX. */
export type Bill = z.output<typeof billSchema>

/** npm's mark for what it would not install in production; it says nothing about what a build has bundled. */
const DEVELOPMENT = 'cdx:npm:package:development'

/**
 * The bill of what people get: of everything that is installed here, only what `isShipped` and what that needs.
 * Electron is shipped; what its package needs to download it is not.
 */
export function billOfShipped(all: Bill, isShipped: (name: string) => boolean): Bill {
  const names = new Map(all.components.map((component) => [component['bom-ref'], component.name]))
  const needs = new Map(all.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const root = all.metadata.component['bom-ref']
  const direct = (needs.get(root) ?? []).filter((ref) => isShipped(names.get(ref) ?? ''))
  const followed = (ref: string) => (names.get(ref) === 'electron' ? [] : (needs.get(ref) ?? []))
  const shipped = reach(direct, followed)
  return {
    ...all,
    metadata: { ...all.metadata, component: { ...all.metadata.component, type: 'application', name: 'flightline' } },
    components: all.components
      .filter((component) => shipped.has(component['bom-ref']))
      .map((component) => ({
        ...component,
        properties: component.properties.filter(({ name }) => name !== DEVELOPMENT),
      })),
    dependencies: [
      { ref: root, dependsOn: direct },
      ...[...shipped].sort().map((ref) => ({ ref, dependsOn: [...followed(ref)] })),
    ],
  }
}

function reach(from: readonly string[], next: (ref: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(from)
  // A set may grow while it is walked; what is added is walked, too.
  for (const ref of reached) for (const other of next(ref)) reached.add(other)
  return reached
}
