import { type BackendReport, backendOrderSchema } from '../../src/shared/api/backend-messages.ts'

/** The slice of Electron's `process.parentPort` that is used; it exists where the desktop runs us as a utility process. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

/** The desktop that started this process. Under plain Node there is none, and all of it does nothing. */
export interface Parent {
  /** Whether there is one. */
  readonly isThere: boolean
  report(report: BackendReport): void
}

// A message that is posted right before the process ends must still leave it.
const FAREWELL = 200

/**
 * Finds the desktop and does what it says.
 * @param stop - it wants us to finish and end
 */
export function findParent(stop: () => void, port: ParentPort | undefined = portOf(process)): Parent {
  port?.on('message', ({ data }) => {
    if (backendOrderSchema.safeParse(data).success) stop()
  })
  return { isThere: port !== undefined, report: (report) => port?.postMessage(report) }
}

/** Ends the process once what was reported has left it. */
export function exitAfterReport(code: number): void {
  process.exitCode = code
  setTimeout(() => process.exit(code), FAREWELL)
}

function portOf(host: object): ParentPort | undefined {
  const port: unknown = 'parentPort' in host ? host.parentPort : undefined
  return isPort(port) ? port : undefined
}

function isPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}
