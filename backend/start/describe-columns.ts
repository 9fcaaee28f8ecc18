import { bookingColumns, departureColumns, type ImportColumn } from '../ingest/import/columns.ts'

/** The import's columns as Markdown, for the API documentation. */
export function describeColumns(): string {
  return [
    '## CSV import',
    '',
    'UTF-8, comma-separated, the first line names the columns in any order. A broken row is named by its line; the rest',
    'loads. Importing the same file again changes nothing.',
    '',
    ...table('Departures', departureColumns),
    ...table('Bookings', bookingColumns),
  ].join('\n')
}

function table(title: string, columns: readonly ImportColumn[]): readonly string[] {
  const rows = columns.map(({ name, required, meaning }) => `| \`${name}\` | ${required ? 'yes' : ''} | ${meaning} |`)
  return [`### ${title}`, '', '| column | required | meaning |', '| --- | --- | --- |', ...rows, '']
}
