import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './system.module.css'

interface SectionProps {
  readonly title: string
  /** What the figures are about, e.g. of which time. */
  readonly note?: string
  readonly children: ReactNode
}

/** A part of the page under its heading. */
export function Section({ title, note, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className={classes.heading}>
        <Title order={3} size="sm" id={id}>
          {title}
        </Title>
        {note !== undefined && <span className={classes.muted}>{note}</span>}
      </div>
      {children}
    </section>
  )
}
