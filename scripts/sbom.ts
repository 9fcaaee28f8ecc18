import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readBill } from './sbom/read-bill.ts'

// `npm run sbom`: the bill of materials of the desktop's package, as CycloneDX, into dist/.
const root = join(import.meta.dirname, '..')
const bill = await readBill(root)
const path = join('dist', `flightline-${bill.metadata.component.version}.cdx.json`)

await mkdir(join(root, 'dist'), { recursive: true })
await writeFile(join(root, path), `${JSON.stringify(bill, null, 2)}\n`)
console.log(`${path}: ${bill.components.length} components`)
