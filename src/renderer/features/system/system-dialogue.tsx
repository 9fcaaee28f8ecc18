import { Modal, Text } from '@mantine/core'
import { canPerform } from '../../../shared/domain/role.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useTicking } from '../../components/use-ticking.ts'
import { SystemView } from './system-view.tsx'
import { useSystem } from './use-system.ts'

/** How the backend is doing, live, for those who look after it. */
export function SystemDialogue() {
  const { connection, workbench } = useConsole()
  const isOpen = useSlice(workbench, ({ isSystemOpen }) => isSystemOpen)
  const isAllowed = useSlice(connection, ({ actor }) => actor !== null && canPerform(actor.role, 'viewSystem'))
  return (
    <Modal
      opened={isOpen && isAllowed}
      size="min(1320px, 96vw)"
      title={
        <Text component="span" fw={600} size="lg">
          System
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close system' }}
      attributes={{ content: { 'data-testid': 'system' } }}
      onClose={() => workbench.setState({ isSystemOpen: false })}
    >
      <LiveSystem />
    </Modal>
  )
}

function LiveSystem() {
  const state = useSystem()
  const time = useTicking(1_000)
  const age = state.heardAt === undefined ? undefined : Math.max(0, time - state.heardAt)
  return <SystemView readings={state.readings} age={age} problem={state.problem} />
}
