import { Paper, Stack, Text, Title } from '@mantine/core'
import classes from './settings.module.css'
import { SettingsSheet } from './settings-sheet.tsx'
import { type SettingsClient, useSettings } from './use-settings.ts'

/** What a new desktop shows before it can show anything else. */
export function FirstRun({ client }: { readonly client: SettingsClient }) {
  // The state of the desktop takes this page away once it is set up.
  const work = useSettings(client, () => undefined)
  return (
    <main className={classes.page} data-testid="first-run">
      <Paper className={classes.sheet} withBorder>
        <Stack gap="lg">
          <div>
            <Title order={1} size="h2">
              Welcome to Flightline
            </Title>
            <Text c="var(--fl-muted)">
              Say once where this desk works. Everything is tried before it is saved, and can be changed later.
            </Text>
          </div>
          <SettingsSheet work={work} saveLabel="Save and start" />
        </Stack>
      </Paper>
    </main>
  )
}
