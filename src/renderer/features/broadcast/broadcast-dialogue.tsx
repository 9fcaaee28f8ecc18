import { Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { Compose } from './compose.tsx'
import { Progress } from './progress.tsx'

/** A supervisor's notice: compose, see the count, confirm, watch it go out. */
export function BroadcastDialogue() {
  const { workbench } = useConsole()
  const isOpen = useSlice(workbench, ({ isBroadcasting }) => isBroadcasting)
  const close = () => workbench.setState({ isBroadcasting: false })
  return (
    <Modal
      opened={isOpen}
      size={640}
      closeOnClickOutside={false}
      title={
        <Text component="span" fw={600} size="lg">
          Broadcast to passengers
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ content: { 'data-testid': 'broadcast' } }}
      onClose={close}
    >
      <Steps onClose={close} />
    </Modal>
  )
}

function Steps({ onClose }: { readonly onClose: () => void }) {
  const [sent, setSent] = useState<BroadcastProgress>()
  return sent ? <Progress sent={sent} onClose={onClose} /> : <Compose onSent={setSent} onClose={onClose} />
}
