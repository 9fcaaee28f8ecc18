import { Text } from '@mantine/core'
import { IconCheck, IconEqualNot } from '@tabler/icons-react'

/** The running sum of the reasons beside the delay that they have to account for. */
export interface DelaySumProps {
  readonly minutes: number | undefined
  readonly sum: number
  readonly isRequired: boolean
}

/** Sum and delay; sign, words and colour say whether they agree. */
export function DelaySum({ minutes, sum, isRequired }: DelaySumProps) {
  if (minutes === undefined) return null
  if (sum === 0 && !isRequired) {
    return (
      <Text size="sm" c="var(--fl-muted)" data-testid="delay-sum">
        Reasons are optional under 15 min
      </Text>
    )
  }
  const isEqual = sum === minutes
  const Icon = isEqual ? IconCheck : IconEqualNot
  return (
    <Text size="sm" fw={600} c={isEqual ? 'var(--fl-good)' : 'var(--fl-bad)'} role="status" data-testid="delay-sum">
      <Icon size={15} aria-hidden style={{ verticalAlign: '-2px' }} /> {sum} of {minutes} min accounted for
    </Text>
  )
}
