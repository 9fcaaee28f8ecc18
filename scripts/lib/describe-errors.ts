/** What the catalogue says of an error. */
export interface DescribedError {
  readonly status: number
  readonly message: string
}

const introduction = `# Errors

Every error that leaves Flightline has one shape, over HTTP, WebSocket, MessagePort and REST alike:

\`\`\`json
{ "code": "FL_DEPARTURE_UNKNOWN", "message": "There is no departure XX1 …", "details": { "id": "XX1" } }
\`\`\`

Decide by \`code\`: it never changes its meaning. \`message\` is for people; \`{name}\` is filled from \`details\`. Calls of the
console's contract carry the details as \`data\`. What has no code here is a defect of ours and arrives as \`FL_INTERNAL\` with an
\`errorId\` that the log has too. A status of 500 in a line that names settings or a store is shown at the start, not over HTTP.

Written by \`node scripts/errors-doc.ts\` from \`src/shared/lib/error-catalogue.ts\`; a test compares the two.
`

/** Writes the page of all errors, by code. */
export function describeErrors(catalogue: Readonly<Record<string, DescribedError>>): string {
  const rows = Object.entries(catalogue)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { status, message }]) => `| \`${code}\` | ${status} | ${escapeCell(message)} |`)
  return `${introduction}\n| Code | Status | Message |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

/** A bar would end the cell of the table. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
