import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// One synchronous hook answers `import` and `require` alike, also the inspector's `require('electron')`.
const standIn = pathToFileURL(join(import.meta.dirname, 'module.ts')).href
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/main)?$/.test(specifier)
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})
