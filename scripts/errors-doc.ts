import { writeFileSync } from 'node:fs'
import { errorCatalogue } from '../src/shared/lib/error-catalogue.ts'
import { describeErrors } from './lib/describe-errors.ts'

writeFileSync('docs/errors.md', describeErrors(errorCatalogue))
console.log(`docs/errors.md: ${Object.keys(errorCatalogue).length} errors`)
