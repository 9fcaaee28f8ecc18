/** The slice of Electron's `UtilityProcess` that is used. */
export interface BackendProcess {
  readonly pid?: number | undefined
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null
  on(event: 'message', listener: (message: unknown) => void): unknown
  /** V8 gives up. What follows the place is a report with all variables of the environment, and kept nowhere. */
  on(event: 'error', listener: (type: 'FatalError', location: string) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
  postMessage(message: unknown): void
}

/** How one is started. */
export interface ForkOptions {
  readonly serviceName: string
  readonly stdio: 'pipe'
  readonly env: Record<string, string>
}

/** The slice of `utilityProcess.fork` that is used. Never `child_process`: the fuse that it needs is off. */
export type ForkBackend = (path: string, args: string[], options: ForkOptions) => BackendProcess

/** What any process of the system needs; of our own settings nothing is passed on by accident. */
const harmless =
  /^(PATH|HOME|TZ|LANG|LC_\w+|TEMP|TMP|TMPDIR|SystemRoot|windir|APPDATA|LOCALAPPDATA|ProgramData|USERPROFILE)$/i

/** The environment of the backend: its settings, and what the system needs. */
export function environmentOf(
  settings: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(ours).flatMap(([name, value]) =>
    value !== undefined && harmless.test(name) ? [[name, value]] : [],
  )
  return { ...Object.fromEntries(kept), ...settings }
}
