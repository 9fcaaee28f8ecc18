import { ActionIcon, Button, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconActivityHeartbeat, IconKeyboard, IconLogout, IconSpeakerphone } from '@tabler/icons-react'
import { canPerform } from '../../shared/domain/role.ts'
import { useConsole, useSlice } from '../components/console-context.ts'
import { ConnectionBadge } from '../features/connection/connection-badge.tsx'
import { OperationalClock } from '../features/connection/operational-clock.tsx'
import { QueueBadge } from '../features/queue/queue-badge.tsx'
import { SettingsButton } from './desktop-pages.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import classes from './shell.module.css'

/** The line over the board: what time it is, whether it is live, and who is here. */
export function Header() {
  return (
    <section className={classes.header} aria-label="Time, connection and tools">
      <Text component="h1" className={classes.brand}>
        Flightline
      </Text>
      <OperationalClock />
      <ConnectionBadge />
      <QueueBadge />
      <Group gap={6} ml="auto" wrap="nowrap">
        <BroadcastButton />
        <TimeSwitch />
        <SchemeSwitch />
        <SystemButton />
        <HelpButton />
        <SettingsButton />
        <Person />
      </Group>
    </section>
  )
}

function BroadcastButton() {
  const { connection, view, workbench } = useConsole()
  const actor = useSlice(connection, (state) => state.actor)
  const ticked = useSlice(view, ({ selected }) => selected.length)
  if (!actor || !canPerform(actor.role, 'broadcast')) return null
  return (
    <Button
      size="xs"
      leftSection={<IconSpeakerphone size={16} aria-hidden />}
      data-testid="open-broadcast"
      onClick={() => workbench.setState({ isBroadcasting: true })}
    >
      Broadcast{ticked > 0 ? ` to ${ticked}` : ''}
    </Button>
  )
}

function TimeSwitch() {
  const { view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  return (
    <SegmentedControl
      size="xs"
      aria-label="Times shown"
      data={[
        { value: 'local', label: 'Local' },
        { value: 'utc', label: 'UTC' },
      ]}
      value={mode}
      data-testid="time-mode"
      onChange={(chosen) => view.setState({ timeMode: chosen === 'utc' ? 'utc' : 'local' })}
    />
  )
}

function SystemButton() {
  const { connection, workbench } = useConsole()
  const actor = useSlice(connection, (state) => state.actor)
  if (!actor || !canPerform(actor.role, 'viewSystem')) return null
  return (
    <Tooltip label="System  s">
      <ActionIcon
        variant="default"
        size={30}
        aria-label="System"
        data-testid="open-system"
        onClick={() => workbench.setState({ isSystemOpen: true })}
      >
        <IconActivityHeartbeat size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function HelpButton() {
  const { workbench } = useConsole()
  return (
    <Tooltip label="Keyboard  ?">
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Keyboard help"
        onClick={() => workbench.setState({ isHelping: true })}
      >
        <IconKeyboard size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

function Person() {
  const { connection, signOut } = useConsole()
  const actor = useSlice(connection, (state) => state.actor)
  const stations = actor?.stations.includes('*') ? 'all stations' : actor?.stations.join(', ')
  return (
    <Group gap={6} wrap="nowrap" className={classes.person}>
      <div>
        <div data-testid="actor">{actor?.name ?? '…'}</div>
        <small>{actor ? `${actor.role}, ${stations}` : ''}</small>
      </div>
      <Tooltip label="Sign out">
        <ActionIcon variant="subtle" color="gray" size={30} aria-label="Sign out" onClick={() => void signOut()}>
          <IconLogout size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
