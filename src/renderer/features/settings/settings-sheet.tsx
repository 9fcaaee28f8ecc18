import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLock } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import type { SettingsCheck, SettingsView } from '../../../shared/api/desktop-schemas.ts'
import { ModeChoice } from './mode-choice.tsx'
import { ModeFields } from './mode-fields.tsx'
import classes from './settings.module.css'
import type { SettingsWork } from './use-settings.ts'

/** The whole form: where to work, what that needs, what came of trying it. */
export function SettingsSheet({ work, saveLabel }: { readonly work: SettingsWork; readonly saveLabel: string }) {
  const { view, form, problems, busy, change, submit } = work
  // What is typed before the settings were read would be overwritten by them.
  if (!view) return <Outcome checks={[]} refusal={work.refusal} />
  const isLocked = view.source === 'environment' || view.source === 'policy'
  // A policy everybody on the machine can read holds no secret: those are entered here.
  const canEnter = view.source !== 'environment'
  const send = (event: FormEvent) => {
    event.preventDefault()
    void submit('save')
  }
  return (
    <form onSubmit={send} noValidate data-testid="settings-form">
      <Stack gap="md">
        <Notices view={view} needsVault={form.mode !== 'served'} />
        <ModeChoice mode={form.mode} isLocked={isLocked} onChange={(mode) => change({ mode })} />
        <ModeFields {...{ form, problems, isLocked, canEnter }} stored={view.stored} onChange={change} />
        <Outcome checks={work.checks} refusal={work.refusal} />
        {canEnter && (
          <Group justify="flex-end">
            <Button
              variant="default"
              loading={busy === 'test'}
              disabled={busy === 'save'}
              data-testid="settings-test"
              onClick={() => void submit('test')}
            >
              Test
            </Button>
            <Button type="submit" loading={busy === 'save'} disabled={busy === 'test'} data-testid="settings-save">
              {saveLabel}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

const lockedBy = {
  environment: 'These settings come from the environment that this program was started with, and are changed there.',
  policy:
    'These settings were laid down by whoever administers this machine, and are changed there, but for passwords.',
} as const

function Notices({ view, needsVault }: { readonly view: SettingsView; readonly needsVault: boolean }) {
  const { source, vault, policyProblem } = view
  return (
    <>
      {policyProblem !== undefined && (
        <Alert color="red" icon={<IconAlertTriangle />} data-testid="policy-problem">
          {policyProblem}
        </Alert>
      )}
      {(source === 'environment' || source === 'policy') && (
        <Alert color="gray" icon={<IconLock />} data-testid="settings-locked">
          {lockedBy[source]}
        </Alert>
      )}
      {!vault.isSafe && needsVault && (
        <Alert color="red" icon={<IconAlertTriangle />} data-testid="vault-unsafe">
          {vault.advice}
        </Alert>
      )}
    </>
  )
}

function Outcome({ checks, refusal }: { readonly checks: readonly SettingsCheck[]; readonly refusal: string }) {
  return (
    <div aria-live="polite" data-testid="settings-outcome">
      {refusal && (
        <Alert color="red" icon={<IconAlertTriangle />}>
          {refusal}
        </Alert>
      )}
      <ul className={classes.checks}>
        {checks.map(({ part, ok, message }) => (
          <li key={`${part} ${message}`} data-ok={ok}>
            {ok ? <IconCircleCheck size={18} aria-label="right" /> : <IconCircleX size={18} aria-label="wrong" />}
            {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
