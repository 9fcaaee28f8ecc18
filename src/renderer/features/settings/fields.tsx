import { PasswordInput, Switch, TextInput } from '@mantine/core'
import classes from './settings.module.css'
import type { FormProblems, SettingsForm } from './settings-form.ts'

type NameOf<Value> = {
  [Name in keyof SettingsForm]: SettingsForm[Name] extends Value ? Name : never
}[keyof SettingsForm]

/** What every group of fields gets. */
export interface FieldsProps {
  readonly form: SettingsForm
  readonly problems: FormProblems
  readonly stored: readonly string[]
  readonly isLocked: boolean
  /** Secrets can be entered where everything else is laid down. */
  readonly canEnter: boolean
  readonly onChange: (fields: Partial<SettingsForm>) => void
}

interface FieldProps extends FieldsProps {
  readonly label: string
  readonly hint?: string
  readonly isWide?: boolean
}

/** A field of plain text. */
export function TextField({
  name,
  form,
  problems,
  isLocked,
  onChange,
  label,
  hint,
  isWide,
}: FieldProps & { readonly name: NameOf<string> }) {
  return (
    <TextInput
      {...(isWide && { className: classes.wide })}
      label={label}
      placeholder={hint ?? ''}
      value={form[name]}
      error={problems[name]}
      disabled={isLocked}
      spellCheck={false}
      autoComplete="off"
      data-testid={`setting-${name}`}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  )
}

/** A field of a secret: what is stored is never shown, and stays when the field is left empty. */
export function SecretField(props: FieldProps & { readonly name: NameOf<string>; readonly secret?: string }) {
  const { name, secret, form, problems, stored, canEnter, onChange, label, hint, isWide } = props
  const isStored = secret !== undefined && stored.includes(secret)
  return (
    <PasswordInput
      {...(isWide && { className: classes.wide })}
      label={label}
      placeholder={isStored ? 'stored; leave empty to keep it' : (hint ?? '')}
      value={form[name]}
      error={problems[name]}
      disabled={!canEnter}
      autoComplete="new-password"
      data-testid={`setting-${name}`}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  )
}

/** Something that is on or off. */
export function SwitchField({
  name,
  form,
  isLocked,
  onChange,
  label,
  hint,
}: FieldProps & { readonly name: NameOf<boolean> }) {
  return (
    <Switch
      className={classes.wide}
      label={label}
      description={hint}
      checked={form[name]}
      disabled={isLocked}
      data-testid={`setting-${name}`}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  )
}
