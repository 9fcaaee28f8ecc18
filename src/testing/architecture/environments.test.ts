import { dirname, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** What the compiler says of a text, were it a file of the project at `folder`. */
function diagnose(folder: string, source: string): string[] {
  const path = resolve(folder, 'planted.ts')
  const options = optionsOf(resolve(folder, 'tsconfig.json'))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (name) => resolve(name) === path || fileExists.call(host, name)
  host.getSourceFile = (name, language) =>
    resolve(name) === path ? ts.createSourceFile(name, source, language) : getSourceFile.call(host, name, language)

  const roots = folder === 'src/shared' ? [path, resolve(folder, 'globals.d.ts')] : [path]
  const program = ts.createProgram({ rootNames: roots, options, host })
  const planted = program.getSourceFile(path)
  return program
    .getSemanticDiagnostics(planted)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

function optionsOf(config: string): ts.CompilerOptions {
  const { options, errors } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    dirname(config),
  )
  // "No inputs were found" (18003) is no concern here: the planted file is the input.
  expect(errors.filter(({ code }) => code !== 18_003)).toEqual([])
  return { ...options, incremental: false }
}

describe('the compiler keeps the environments apart', () => {
  test.each([
    ['src/shared', ['process.pid', 'Buffer.alloc(1)', 'document.title', 'window.name', 'setTimeout(() => 1, 1)']],
    ['src/renderer', ['process.pid', 'Buffer.alloc(1)', '__dirname']],
    ['src/passenger', ['process.pid', 'Buffer.alloc(1)', '__dirname']],
    ['src/preload', ['process.pid', 'Buffer.alloc(1)', '__dirname']],
    ['.', ['document.title', 'window.name']],
  ])('%s knows none of %j', (folder, foreign) => {
    const diagnostics = diagnose(
      folder,
      `${foreign.map((use, index) => `export const x${index} = ${use}`).join('\n')}\n`,
    )

    expect(diagnostics).toHaveLength(foreign.length)
    for (const diagnostic of diagnostics) expect(diagnostic).toMatch(/^Cannot find name/)
  })

  test('shared knows an abort signal, which every engine has', () => {
    expect(diagnose('src/shared', 'export const isAborted = (signal: AbortSignal) => signal.aborted\n')).toEqual([])
  })
})

describe('every project is as strict as the house', () => {
  const projects = ['src/shared', 'src/renderer', 'src/passenger', 'src/preload', 'e2e', '.']

  test.each(projects)('%s', (folder) => {
    expect(optionsOf(resolve(folder, 'tsconfig.json'))).toMatchObject({
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      noImplicitOverride: true,
      erasableSyntaxOnly: true,
    })
  })

  test.each([
    ['an index that may be out of range', 'export const f = (list: string[]): string => list[0]', /undefined/],
    ['an optional property set to undefined', 'export const x: { a?: 1 } = { a: undefined }', /exactOptional/],
    ['an enum', 'export enum Gate { A }', /erasableSyntaxOnly/],
    ['a parameter property', 'export class A { constructor(readonly a: 1) {} }', /erasableSyntaxOnly/],
    ['an implicit any', 'export const f = (a) => a', /implicitly has an 'any' type/],
  ])('%s is refused', (_what, source, message) => {
    expect(diagnose('src/shared', source)).toEqual([expect.stringMatching(message)])
  })
})
