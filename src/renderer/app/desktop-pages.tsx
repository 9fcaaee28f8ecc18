import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import { useConsole, useSlice } from '../components/console-context.ts'
import { SettingsDialogue } from '../features/settings/settings-dialogue.tsx'
import type { DesktopSide } from '../stores/desktop-side.ts'
import classes from './shell.module.css'

/** The settings of the desktop; a browser has none. They open over everything, since they may be what is wrong. */
export function DesktopSettings() {
  const { desktop } = useConsole()
  return desktop ? <Settings side={desktop} /> : null
}

function Settings({ side }: { readonly side: DesktopSide }) {
  const { workbench } = useConsole()
  const isOpen = useSlice(workbench, ({ isSettingUp }) => isSettingUp)
  const desktop = useSlice(side.state, (state) => state.desktop)
  if (!desktop) return null
  const close = () => workbench.setState({ isSettingUp: false })
  return <SettingsDialogue client={side.settings} desktop={desktop} isOpen={isOpen} onClose={close} />
}

/** Opens the settings from the header. */
export function SettingsButton() {
  const { desktop, workbench } = useConsole()
  if (!desktop) return null
  return (
    <Tooltip label="Settings of this desk">
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Settings of this desk"
        data-testid="open-settings"
        onClick={() => workbench.setState({ isSettingUp: true })}
      >
        <IconSettings size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** Below the way in and the wait: what the desktop waits for, and the way to its settings. */
export function DesktopFooter() {
  const { desktop } = useConsole()
  return desktop ? <Footer side={desktop} /> : null
}

function Footer({ side }: { readonly side: DesktopSide }) {
  const { workbench } = useConsole()
  const message = useSlice(side.state, ({ desktop }) => desktop && whatFor(desktop))
  return (
    <footer className={classes.footer}>
      <span role="status">{message}</span>
      <Button size="xs" variant="subtle" onClick={() => workbench.setState({ isSettingUp: true })}>
        Settings of this desk
      </Button>
    </footer>
  )
}

/** The first accounts are made by a backend that starts; before that, nobody's password is right. */
function whatFor({ store, backend }: DesktopState): string | undefined {
  if (store.status !== 'ok') return store.message
  return backend.status === 'starting' ? 'The backend of this desk is starting; sign in when it has.' : undefined
}
