import { z } from 'zod'

/** What a quick reader answers when a value is not plainly right; the schema decides then, and names the problem. */
export const UNSURE: unique symbol = Symbol('unsure')

/** Reads a value of parsed JSON as the schema would, or answers {@link UNSURE}. */
export type QuickReader<Output = unknown> = (value: unknown) => Output | typeof UNSURE

/**
 * Compiles a schema into closures that do nothing but read what is right: no issues, no paths, no copies in between, which
 * is a third of the schema's own time. Whatever part of a schema is not known here is read by the schema itself, so a
 * quick reader never takes what its schema would refuse. Not for schemas that contain themselves.
 * @param known - readers of our own for parts of the schema
 */
export function compileReader<Output>(schema: z.core.$ZodType<Output>, known: KnownReaders = new Map()) {
  // Reason for the cast: closures that are put together at run time have no types; what they read, the schema gives.
  return compilePart(schema, known) as QuickReader<Output>
}

type KnownReaders = ReadonlyMap<z.core.$ZodType, QuickReader>

function compilePart(schema: z.core.$ZodType, known: KnownReaders): QuickReader {
  const given = known.get(schema)
  if (given) return given
  // Reason for the cast: $ZodTypes is the union of all schemas there are, which a switch over their types needs.
  const { def } = (schema as z.core.$ZodTypes)._zod
  const checks = compileChecks(def.checks ?? [])
  const read = checks && compileType(def, (part) => compilePart(part, known))
  if (!read) return bySchema(schema)
  return checks.length === 0 ? read : withChecks(read, checks)
}

type Definition = z.core.$ZodTypes['_zod']['def']
type Compile = (schema: z.core.$ZodType) => QuickReader

function compileType(def: Definition, compile: Compile): QuickReader | undefined {
  switch (def.type) {
    case 'object':
      return compileObject(def, compile)
    case 'record':
      return def.partial ? readRecord(compile(def.keyType), compile(def.valueType)) : undefined
    case 'array':
      return readList(compile(def.element))
    case 'optional':
    case 'readonly':
      return compile(def.innerType)
    default:
      return compileLeaf(def)
  }
}

function compileLeaf(def: Definition): QuickReader | undefined {
  switch (def.type) {
    case 'literal':
      return oneOf(def.values)
    case 'enum':
      return oneOf(z.core.util.getEnumValues(def.entries))
    case 'string':
      return compileString(def)
    case 'number':
      return (value) => (Number.isFinite(value) ? value : UNSURE)
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : UNSURE)
    case 'unknown':
      return (value) => value
    default:
      return undefined
  }
}

/** A string that is a format of its own, e.g. a date, is known by its pattern, where it has no more than that. */
function compileString(def: Extract<Definition, { type: 'string' }>): QuickReader | undefined {
  if (!('format' in def)) return (value) => (typeof value === 'string' ? value : UNSURE)
  if ((def.format !== 'datetime' && def.format !== 'date') || !('pattern' in def)) return undefined
  const { pattern } = def
  if (!(pattern instanceof RegExp)) return undefined
  return (value) => (typeof value === 'string' && pattern.test(value) ? value : UNSURE)
}

function compileObject(
  { shape, catchall }: Extract<Definition, { type: 'object' }>,
  compile: Compile,
): QuickReader | undefined {
  // Without it, members that are not named are dropped; `never` refuses them.
  const isStrict = catchall?._zod.def.type === 'never'
  if (catchall && !isStrict) return undefined
  // What every object has would seem to be there.
  if (Object.keys(shape).some((name) => name in Object.prototype)) return undefined
  const members: readonly Member[] = Object.entries(shape).map(([name, member]) => {
    return { name, read: compile(member), isRequired: member._zod.def.type !== 'optional' }
  })
  const readMembers: QuickReader = (value) => {
    if (!isObject(value)) return UNSURE
    const result: Record<string, unknown> = {}
    for (const member of members) {
      const read = readMember(member, value)
      if (read === UNSURE) return UNSURE
      if (read !== undefined) result[member.name] = read
    }
    return result
  }
  const isNamed = (name: string) => Object.hasOwn(shape, name)
  if (!isStrict) return readMembers
  return (value) => (isObject(value) && Object.keys(value).every(isNamed) ? readMembers(value) : UNSURE)
}

interface Member {
  readonly name: string
  readonly read: QuickReader
  readonly isRequired: boolean
}

/** @returns `undefined` where it is absent and may be: of parsed JSON only what is absent is undefined */
function readMember({ name, read, isRequired }: Member, value: Readonly<Record<string, unknown>>): unknown {
  const given = value[name]
  if (given !== undefined) return read(given)
  return isRequired ? UNSURE : undefined
}

function readRecord(readKey: QuickReader, readValue: QuickReader): QuickReader {
  return (value) => {
    if (!isObject(value)) return UNSURE
    const result: Record<string, unknown> = {}
    for (const name of Object.keys(value)) {
      const member = readKey(name) === UNSURE ? UNSURE : readValue(value[name])
      if (member === UNSURE) return UNSURE
      result[name] = member
    }
    return result
  }
}

function readList(readElement: QuickReader): QuickReader {
  return (value) => {
    if (!Array.isArray(value)) return UNSURE
    const result = value.map(readElement)
    return result.includes(UNSURE) ? UNSURE : result
  }
}

function oneOf(values: Iterable<unknown>): QuickReader {
  const allowed = new Set(values)
  return (value) => (allowed.has(value) ? value : UNSURE)
}

function bySchema(schema: z.core.$ZodType): QuickReader {
  return (value) => {
    const { success, data } = z.safeParse(schema, value)
    return success ? data : UNSURE
  }
}

type Check = (value: unknown) => boolean

function withChecks(read: QuickReader, checks: readonly Check[]): QuickReader {
  return (value) => {
    const result = read(value)
    return result === UNSURE || checks.every((check) => check(result)) ? result : UNSURE
  }
}

/** @returns `undefined` when one of them is not known here */
function compileChecks(checks: readonly z.core.$ZodCheck<never>[]): readonly Check[] | undefined {
  const compiled = checks.map(compileCheck)
  return compiled.every((check) => check !== undefined) ? compiled : undefined
}

function compileCheck(check: z.core.$ZodCheck<never>): Check | undefined {
  // Reason for the cast: as with $ZodTypes above.
  const { def } = (check as unknown as z.core.$ZodChecks)._zod
  switch (def.check) {
    case 'number_format':
      return def.format === 'safeint' ? Number.isSafeInteger : undefined
    case 'greater_than':
      return def.inclusive ? (value) => Number(value) >= Number(def.value) : undefined
    case 'min_length':
      return (value) => (typeof value === 'string' || Array.isArray(value)) && value.length >= def.minimum
    case 'string_format':
      return compilePattern(def)
    default:
      return undefined
  }
}

function compilePattern({ format, pattern }: z.core.$ZodCheckStringFormatDef): Check | undefined {
  // A pattern that remembers where it found something last would answer differently the second time.
  if (format !== 'regex' || !pattern || pattern.global || pattern.sticky) return undefined
  return (value) => pattern.test(String(value))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
