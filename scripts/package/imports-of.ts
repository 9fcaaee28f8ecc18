import ts from 'typescript'

/** What a built file asks for by name, whether by `import`, `export … from`, `import()` or `require()`. */
export function importsOf(text: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true)
  return [...new Set(importedFiles.map(({ fileName }) => fileName))]
}
