import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import type { SystemPart } from '../../../shared/api/system-schemas.ts'
import { toPartItems } from './part-view.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

const icons = { ok: IconCheck, degraded: IconAlertTriangle, down: IconX } as const

/** How each part is, those that need somebody first. */
export function Parts({ parts }: { readonly parts: readonly SystemPart[] }) {
  return (
    <Section title="Parts">
      <ul className={classes.parts}>
        {toPartItems(parts).map(({ name, status, state, detail }) => {
          const Icon = icons[status]
          return (
            <li key={name} className={classes.part} data-status={status} data-testid={`part-${name}`}>
              <Icon size={15} aria-hidden />
              <span>
                <strong>{name}</strong> <span className={classes.state}>{state}</span>
                {detail !== '' && <small>{detail}</small>}
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
