import { Ajv } from 'ajv'
import { validatorSchemas } from './run-script.ts'

type Check = (value: unknown) => boolean

const isPlain: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** The types of BSON as the driver gives them to JavaScript. */
const bsonTypes: Readonly<Record<string, Check>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  array: (value) => Array.isArray(value),
  object: isPlain,
  null: (value) => value === null,
}

/**
 * Checks documents as MongoDB would with the validators of `deploy/mongodb`: the same schemas, by ajv, with MongoDB's
 * own `bsonType` beside the words of JSON Schema. An unknown word or type throws, so that nothing is let through unseen.
 */
export function createDocumentCheck(): (collection: string, document: unknown) => string | undefined {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
  ajv.addKeyword({
    keyword: 'bsonType',
    validate: (wanted: string | readonly string[], value: unknown) =>
      [wanted].flat().some((name) => {
        const check = bsonTypes[name]
        if (!check) throw new Error(`no such type: ${name}`)
        return check(value)
      }),
  })
  const validators = new Map(Object.entries(validatorSchemas()).map(([name, schema]) => [name, ajv.compile(schema)]))
  return (collection, document) => {
    const validate = validators.get(collection)
    if (!validate) throw new Error(`no validator for ${collection}`)
    return validate(document) ? undefined : ajv.errorsText(validate.errors)
  }
}
