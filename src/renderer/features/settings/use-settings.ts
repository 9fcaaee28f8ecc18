import type { ContractRouterClient } from '@orpc/contract'
import { useEffect, useState } from 'react'
import type { DesktopContract } from '../../../shared/api/desktop-contract.ts'
import type { SettingsCheck, SettingsView } from '../../../shared/api/desktop-schemas.ts'
import { toRequestFailure } from '../../api/request-failure.ts'
import { draftOf, emptyForm, formOf, problemsOf, type SettingsForm } from './settings-form.ts'

/** The desktop's part of the contract that settings use. */
export type SettingsClient = ContractRouterClient<DesktopContract['settings']>

type Work = 'test' | 'save'

/** A form on the desktop's settings, and what is being done with it. */
export interface SettingsWork {
  readonly view: SettingsView | undefined
  readonly form: SettingsForm
  /** Shown once somebody tried to send the form. */
  readonly problems: ReturnType<typeof problemsOf>
  readonly checks: readonly SettingsCheck[]
  /** Why the desktop refused. */
  readonly refusal: string
  readonly busy: Work | undefined
  change(fields: Partial<SettingsForm>): void
  submit(work: Work): Promise<void>
}

/** @param onSaved - everything answered, and the desktop goes over to the new settings */
export function useSettings(client: SettingsClient, onSaved: () => void): SettingsWork {
  const [view, setView] = useState<SettingsView>()
  const [form, setForm] = useState(emptyForm)
  const [wasSent, setSent] = useState(false)
  const [outcome, setOutcome] = useState<{ readonly checks: readonly SettingsCheck[]; readonly refusal: string }>(
    nothing,
  )
  const [busy, setBusy] = useState<Work>()
  useEffect(() => {
    let isGone = false
    client.read().then(
      (read) => {
        if (isGone) return
        setView(read)
        setForm(formOf(read))
      },
      (error: unknown) => setOutcome({ checks: [], refusal: toRequestFailure(error).message }),
    )
    return () => {
      isGone = true
    }
  }, [client])
  const problems = problemsOf(form, view?.stored ?? [], view?.source === 'none')

  async function submit(work: Work): Promise<void> {
    setSent(true)
    setOutcome(nothing)
    if (Object.keys(problems).length > 0) return
    setBusy(work)
    try {
      const checks = await client[work](draftOf(form))
      setOutcome({ checks, refusal: '' })
      if (work === 'save' && checks.every(({ ok }) => ok)) onSaved()
    } catch (error) {
      setOutcome({ checks: [], refusal: toRequestFailure(error).message })
    } finally {
      setBusy(undefined)
    }
  }

  return {
    ...{ view, form, busy, submit, ...outcome },
    problems: wasSent ? problems : {},
    change: (fields) => setForm((before) => ({ ...before, ...fields })),
  }
}

const nothing = { checks: [], refusal: '' }
