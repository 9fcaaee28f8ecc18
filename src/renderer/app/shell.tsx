import { Center, Loader, Stack, Text } from '@mantine/core'
import { useConsole, useSlice } from '../components/console-context.ts'
import { Board } from '../features/board/board.tsx'
import { BroadcastDialogue } from '../features/broadcast/broadcast-dialogue.tsx'
import { ConflictDialogue } from '../features/conflict/conflict-dialogue.tsx'
import { PublishingAlarm } from '../features/connection/publishing-alarm.tsx'
import { DepartureEditor } from '../features/departure-editor/departure-editor.tsx'
import { HelpDialogue } from '../features/help/help-dialogue.tsx'
import { HistoryDrawer } from '../features/history/history-drawer.tsx'
import { QueueDrawer } from '../features/queue/queue-drawer.tsx'
import { SignInPage } from '../features/sign-in/sign-in-page.tsx'
import { Header } from './header.tsx'
import classes from './shell.module.css'
import { useGlobalKeys } from './use-global-keys.ts'

/** What the window shows: the way in, the wait for the first board, or the board with what lies over it. */
export function Shell() {
  const { board, connection } = useConsole()
  const phase = useSlice(connection, (state) => state.phase)
  const isLoaded = useSlice(board, (state) => state.isLoaded)
  if (phase === 'signed-out') return <SignInPage />
  return isLoaded ? <Workplace /> : <Waiting />
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
    </div>
  )
}
