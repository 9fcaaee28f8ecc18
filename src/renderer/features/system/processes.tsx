import { Text } from '@mantine/core'
import type { SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { processColumns, toProcessRows } from './process-view.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

/** Who does it: one line for each process. */
export function Processes({ readings }: { readonly readings: readonly SystemSnapshot[] }) {
  const rows = toProcessRows(readings)
  return (
    <Section title="Processes">
      {rows.length === 0 ? (
        <Text c="var(--fl-muted)">The processes did not tell of their figures.</Text>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Process</th>
              {processColumns.map(({ label, means }) => (
                <th key={label} scope="col" title={means}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name} data-testid={`process-${name}`}>
                <th scope="row">{name}</th>
                {processColumns.slice(0, cells.length).map(({ label }, at) => (
                  <td key={label}>{cells[at]}</td>
                ))}
                {cells.length < processColumns.length && (
                  <td className={classes.none} colSpan={processColumns.length - cells.length}>
                    serves no sockets
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}
