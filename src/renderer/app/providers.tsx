import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { ConsoleContext } from '../components/console-context.ts'
import type { Console } from '../stores/console.ts'
import { cssVariablesResolver, theme } from './theme.ts'

/** Everything that the shell and the features take from their surroundings. */
export function Providers({ console, children }: { readonly console: Console; readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <ConsoleContext value={console}>{children}</ConsoleContext>
    </MantineProvider>
  )
}
