/** The budgets of this code base; change one only with a decision record. */
export const limits = {
  fileLines: { median: 90, p90: 250, max: 400 },
  functionLines: { p90: 40, max: 60 },
  parameters: 3,
  complexity: 12,
  commentPercent: { min: 8, max: 15 },
  castsPerThousandLines: 3,
  testLinesPerSourceLine: 1,
} as const

/** Lists that are data in TypeScript's clothes: they may be longer than a file of logic. */
export const catalogues: readonly string[] = []

/** The folders of `src/shared` that others build on: each of their exports carries TSDoc. */
export const documentedFolders = /^src\/shared\/(domain|ports|api|events)\//

/** Tools that insist on a default export. */
export const defaultExportsAllowed = /(^|\/)[^/]+\.config\.ts$|^src\/testing\/services\/global-setup\.ts$/
