import { Center, Loader, Stack, Text } from '@mantine/core'
import { useConsole, useSlice } from '../components/console-context.ts'
import { Board } from '../features/board/board.tsx'
import { BroadcastDialogue } from '../features/broadcast/broadcast-dialogue.tsx'
import { ConflictDialogue } from '../features/conflict/conflict-dialogue.tsx'
import { ConnectionBadge } from '../features/connection/connection-badge.tsx'
import { DesktopAlarms } from '../features/connection/desktop-alarms.tsx'
import { OperationalClock } from '../features/connection/operational-clock.tsx'
import { PublishingAlarm } from '../features/connection/publishing-alarm.tsx'
import { DepartureEditor } from '../features/departure-editor/departure-editor.tsx'
import { HelpDialogue } from '../features/help/help-dialogue.tsx'
import { HistoryDrawer } from '../features/history/history-drawer.tsx'
import { QueueDrawer } from '../features/queue/queue-drawer.tsx'
import { FirstRun } from '../features/settings/first-run.tsx'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import { SystemDialogue } from '../features/system/system-dialogue.tsx'
import { Wall } from '../features/wall/wall.tsx'
import type { DesktopSide } from '../stores/desktop-side.ts'
import { DesktopFooter, DesktopSettings } from './desktop-pages.tsx'
import { Header } from './header.tsx'
import classes from './shell.module.css'
import { useMode, useWall } from './use-desktop.ts'
import { useGlobalKeys } from './use-global-keys.ts'
import { useIntents } from './use-intents.ts'

/** What the window shows, and what may lie over all of it. */
export function Shell() {
  useIntents()
  return (
    <>
      <Content />
      <DesktopSettings />
    </>
  )
}

/** A desktop that is not set up yet, the way in, the wait for the first board, or the board with what lies over it. */
function Content() {
  const { board, connection, desktop } = useConsole()
  const phase = useSlice(connection, (state) => state.phase)
  const isLoaded = useSlice(board, (state) => state.isLoaded)
  const mode = useMode()
  const wall = useWall()
  if (desktop && mode === 'unconfigured') return <FirstRun client={desktop.settings} />
  if (phase !== 'signed-out' && isLoaded) return wall ? <WallDisplay desktop={wall} /> : <Workplace />
  return (
    <>
      {phase === 'signed-out' ? <SignInPage /> : <Waiting />}
      <DesktopFooter />
    </>
  )
}

function WallDisplay({ desktop }: { readonly desktop: DesktopSide }) {
  const alarms = (
    <>
      <PublishingAlarm />
      <DesktopAlarms />
    </>
  )
  return <Wall desktop={desktop} alarms={alarms} clock={<OperationalClock />} connection={<ConnectionBadge />} />
}

function Waiting() {
  return (
    <Center h="100%">
      <Stack align="center">
        <Loader aria-hidden />
        <Text role="status">Connecting to the desk service…</Text>
      </Stack>
    </Center>
  )
}

function Workplace() {
  useGlobalKeys()
  return (
    <div className={classes.shell}>
      <PublishingAlarm />
      <DesktopAlarms />
      <Header />
      <main className={classes.main}>
        <Board />
      </main>
      <DepartureEditor />
      <ConflictDialogue />
      <HistoryDrawer />
      <BroadcastDialogue />
      <HelpDialogue />
      <QueueDrawer />
      <SystemDialogue />
    </div>
  )
}
