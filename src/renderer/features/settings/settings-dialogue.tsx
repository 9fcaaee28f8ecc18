import { Modal, Stack, Text } from '@mantine/core'
import type { DesktopState } from '../../../shared/api/desktop-schemas.ts'
import { describeDesktop } from './desktop-status.ts'
import classes from './settings.module.css'
import { SettingsSheet } from './settings-sheet.tsx'
import { type SettingsClient, useSettings } from './use-settings.ts'

interface SettingsDialogueProps {
  readonly client: SettingsClient
  readonly desktop: DesktopState
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** How the desktop is doing, and where it works. */
export function SettingsDialogue({ client, desktop, isOpen, onClose }: SettingsDialogueProps) {
  return (
    <Modal
      opened={isOpen}
      size={800}
      closeOnClickOutside={false}
      title={
        <Text component="span" fw={600} size="lg">
          Settings of this desk
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ content: { 'data-testid': 'settings' } }}
      onClose={onClose}
    >
      <Stack>
        <DesktopStatus desktop={desktop} />
        <Form client={client} onSaved={onClose} />
      </Stack>
    </Modal>
  )
}

/** How store, log and backend are doing. */
export function DesktopStatus({ desktop }: { readonly desktop: DesktopState }) {
  return (
    <dl className={classes.state} data-testid="desktop-status">
      {describeDesktop(desktop).map(({ label, text }) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Form({ client, onSaved }: { readonly client: SettingsClient; readonly onSaved: () => void }) {
  return <SettingsSheet work={useSettings(client, onSaved)} saveLabel="Save" />
}
