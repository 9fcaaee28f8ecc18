import type { DesktopMode, SettingsDraft, SettingsView } from '../../../shared/api/desktop-schemas.ts'

/** Ways to sign in to Kafka. */
export const mechanisms = ['scram-sha-512', 'scram-sha-256', 'plain'] as const

/** A member of {@link mechanisms}. */
export type Mechanism = (typeof mechanisms)[number]

/** What stands in the fields. A secret's field is empty until somebody types into it. */
export interface SettingsForm {
  readonly mode: DesktopMode
  readonly demo: boolean
  readonly password: string
  readonly passwordAgain: string
  readonly mongoUrl: string
  readonly brokers: string
  readonly ssl: boolean
  readonly hasSasl: boolean
  readonly mechanism: Mechanism
  readonly username: string
  readonly kafkaPassword: string
  readonly serverUrl: string
  readonly run: boolean
  readonly port: string
  readonly isOpen: boolean
  readonly publicUrl: string
  readonly hasMail: boolean
  readonly smtpUrl: string
  readonly mailFrom: string
}

/** What is wrong, by field. */
export type FormProblems = Readonly<Partial<Record<keyof SettingsForm, string>>>

const LEAST_PASSWORD = 10

/** A form that nobody has filled in. TLS is on, because what is not encrypted has to be a decision. */
export const emptyForm: SettingsForm = {
  ...{ mode: 'embedded', demo: true, password: '', passwordAgain: '' },
  ...{
    mongoUrl: '',
    brokers: '',
    ssl: true,
    hasSasl: true,
    mechanism: 'scram-sha-512',
    username: '',
    kafkaPassword: '',
  },
  ...{ serverUrl: '', run: false, port: '8080', isOpen: false, publicUrl: '' },
  ...{ hasMail: false, smtpUrl: '', mailFrom: '' },
}

/** The form as it stands for stored settings. */
export function formOf({ draft }: Pick<SettingsView, 'draft'>): SettingsForm {
  if (!draft) return emptyForm
  if (draft.mode === 'served') return { ...emptyForm, mode: 'served', serverUrl: draft.serverUrl }
  const { run, port, isOpen, publicUrl, smtp } = draft.backend
  const backend = { run, port: String(port), isOpen, publicUrl: publicUrl ?? '' }
  const common = { ...emptyForm, ...backend, hasMail: smtp !== null, mailFrom: smtp?.from ?? '' }
  if (draft.mode === 'embedded') return { ...common, mode: 'embedded', demo: draft.demo }
  const { brokers, ssl, sasl } = draft.kafka
  const account = sasl ? { mechanism: sasl.mechanism, username: sasl.username } : {}
  return { ...common, mode: 'direct', brokers, ssl, hasSasl: sasl !== null, ...account }
}

/**
 * What a person has to correct before anything is tried.
 * @param stored - names of secrets that need not be entered again
 * @param isFirst - nothing was saved yet, so that the first sign-ins need a password
 */
export function problemsOf(form: SettingsForm, stored: readonly string[], isFirst: boolean): FormProblems {
  switch (form.mode) {
    case 'served':
      return needed({ serverUrl: form.serverUrl }, 'Enter the address, such as https://ops.example.com.')
    case 'embedded':
      return { ...passwordProblems(form, isFirst), ...backendProblems(form, stored) }
    case 'direct':
      return { ...directProblems(form, stored), ...(form.run ? serverProblems(form, stored) : {}) }
  }
}

function needed(fields: FormProblems, message: string): FormProblems {
  const empty = Object.entries(fields).filter(([, value]) => value?.trim() === '')
  return Object.fromEntries(empty.map(([name]) => [name, message]))
}

function passwordProblems({ password, passwordAgain }: SettingsForm, isFirst: boolean): FormProblems {
  if (password === '' && !isFirst) return {}
  if (password.length < LEAST_PASSWORD) return { password: `Use ${LEAST_PASSWORD} characters or more.` }
  return password === passwordAgain ? {} : { passwordAgain: 'The two are not the same.' }
}

/** A database that knows people already needs no first password. */
function serverProblems(form: SettingsForm, stored: readonly string[]): FormProblems {
  return { ...passwordProblems(form, false), ...backendProblems(form, stored) }
}

function directProblems(form: SettingsForm, stored: readonly string[]): FormProblems {
  const { brokers, hasSasl, username, kafkaPassword, mongoUrl } = form
  return {
    ...(stored.includes('mongoUrl')
      ? {}
      : needed({ mongoUrl }, 'Enter the URL, such as mongodb://host:27017/flightline.')),
    ...needed({ brokers }, 'Enter host:port, several with commas between.'),
    ...(hasSasl ? needed({ username }, 'Enter the name, or switch signing in off.') : {}),
    ...(hasSasl && !stored.includes('kafkaPassword') ? needed({ kafkaPassword }, 'Enter the password.') : {}),
  }
}

function backendProblems({ port, hasMail, smtpUrl, mailFrom }: SettingsForm, stored: readonly string[]): FormProblems {
  const isPort = /^\d{1,5}$/.test(port.trim()) && Number(port) >= 1 && Number(port) <= 65_535
  return {
    ...(isPort ? {} : { port: 'Enter a number from 1 to 65535.' }),
    ...(hasMail && !stored.includes('smtpUrl') ? needed({ smtpUrl }, 'Enter the URL, such as smtps://host.') : {}),
    ...(hasMail ? needed({ mailFrom }, 'Enter the sender, such as Flightline <flights@example.com>.') : {}),
  }
}

/** The form as it is sent. Only for one without {@link problemsOf}. */
export function draftOf(form: SettingsForm): SettingsDraft {
  switch (form.mode) {
    case 'served':
      return { mode: 'served', serverUrl: form.serverUrl.trim() }
    case 'embedded':
      return { mode: 'embedded', demo: form.demo, ...entered('adminPassword', form.password), backend: backendOf(form) }
    case 'direct':
      return {
        mode: 'direct',
        ...entered('mongoUrl', form.mongoUrl.trim()),
        ...(form.run ? entered('adminPassword', form.password) : {}),
        kafka: kafkaOf(form),
        backend: backendOf(form),
      }
  }
}

/** An empty field keeps the secret that is stored. */
function entered<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  const given: Partial<Record<string, string>> = value === '' ? {} : { [name]: value }
  return given
}

function backendOf({ run, port, isOpen, publicUrl, hasMail, smtpUrl, mailFrom, mode }: SettingsForm) {
  return {
    run: run || mode === 'embedded',
    port: Number(port),
    isOpen,
    publicUrl: publicUrl.trim() || null,
    smtp: hasMail ? { ...entered('url', smtpUrl.trim()), from: mailFrom.trim() } : null,
  }
}

function kafkaOf({ brokers, ssl, hasSasl, mechanism, username, kafkaPassword }: SettingsForm) {
  const sasl = hasSasl ? { mechanism, username: username.trim(), ...entered('password', kafkaPassword) } : null
  return { brokers: brokers.trim(), ssl, sasl }
}
