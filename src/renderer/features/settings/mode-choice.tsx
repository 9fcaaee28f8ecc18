import { Radio } from '@mantine/core'
import type { DesktopMode } from '../../../shared/api/desktop-schemas.ts'
import classes from './settings.module.css'

interface Choice {
  readonly mode: DesktopMode
  readonly title: string
  readonly purpose: string
}

const choices: readonly Choice[] = [
  {
    mode: 'embedded',
    title: 'On this machine alone',
    purpose:
      'To try Flightline, or for a station with one desk. Everything lies in one file here, and this desk serves the passengers.',
  },
  {
    mode: 'direct',
    title: 'On MongoDB and Kafka',
    purpose:
      "For a station's own network. This desk connects to both itself, with an account that may do what desks do and no more.",
  },
  {
    mode: 'served',
    title: 'On a Flightline server',
    purpose: 'For every other desk. It needs the address of the server only, and keeps no password of any database.',
  },
]

interface ModeChoiceProps {
  readonly mode: DesktopMode
  readonly isLocked: boolean
  readonly onChange: (mode: DesktopMode) => void
}

/** Where this desk works: three ways, each with what it is for. */
export function ModeChoice({ mode, isLocked, onChange }: ModeChoiceProps) {
  return (
    <Radio.Group
      label="Where does this desk work?"
      value={mode}
      onChange={(value) => onChange(choices.find((choice) => choice.mode === value)?.mode ?? mode)}
    >
      <div className={classes.choices}>
        {choices.map((choice) => (
          <Radio.Card
            key={choice.mode}
            className={classes.choice}
            value={choice.mode}
            disabled={isLocked}
            data-testid={`mode-${choice.mode}`}
          >
            <h3>{choice.title}</h3>
            <p>{choice.purpose}</p>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
