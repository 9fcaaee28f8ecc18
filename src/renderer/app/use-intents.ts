import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { followStream } from '../api/follow-stream.ts'
import { useConsole } from '../components/console-context.ts'
import { carryOut } from './carry-out.ts'
import { focusSearch } from './focus-search.ts'

/** Follows what the desktop's menu, its tray and deep links ask of this page. In a browser nobody asks. */
export function useIntents(): void {
  const console = useConsole()
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    const { desktop } = console
    if (!desktop) return undefined
    const page = { focusSearch, setScheme: setColorScheme }
    return followStream(
      (signal) => desktop.client.intents.watch(undefined, { signal }),
      (intent) => carryOut(console, intent, page),
    )
  }, [console, setColorScheme])
}
