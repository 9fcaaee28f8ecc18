import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { toRequestFailure } from '../../api/request-failure.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import classes from './sign-in-page.module.css'

/** The way in. */
export function SignInPage() {
  const { connection } = useConsole()
  const notice = useSlice(connection, (state) => state.notice)
  const { problem, isBusy, submit } = useSignIn()
  const shown = problem || notice
  return (
    <main className={classes.page}>
      <Paper className={classes.card} component="form" withBorder onSubmit={submit} data-testid="sign-in">
        <Stack gap="md">
          <div>
            <Title order={1} size="h2">
              Flightline
            </Title>
            <Text c="var(--fl-muted)">Operations console</Text>
          </div>
          <TextInput name="name" label="Name" autoComplete="username" autoCapitalize="off" required autoFocus />
          <PasswordInput name="password" label="Password" autoComplete="current-password" required />
          <div aria-live="assertive">
            {shown && (
              <Alert color="red" icon={<IconAlertTriangle />} data-testid="sign-in-error">
                {shown}
              </Alert>
            )}
          </div>
          <Button type="submit" size="md" loading={isBusy}>
            Sign in
          </Button>
        </Stack>
      </Paper>
    </main>
  )
}

function useSignIn() {
  const { signIn } = useConsole()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    setProblem('')
    try {
      await signIn({ name: String(fields.get('name')), password: String(fields.get('password')) })
    } catch (error) {
      const failure = toRequestFailure(error)
      setProblem(failure.kind === 'lost' ? 'The server does not answer; try again in a moment.' : failure.message)
    } finally {
      setBusy(false)
    }
  }

  return { problem, isBusy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) }
}
