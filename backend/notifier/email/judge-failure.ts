import type { SendOutcome } from '../../../src/shared/ports/email-channel.ts'
import type { MessageStage } from './message-stage.ts'

/** The parts of nodemailer's errors that say what happened. */
interface SmtpFailure {
  readonly code: string | undefined
  readonly command: string | undefined
  readonly responseCode: number | undefined
  readonly message: string
}

/**
 * Turns a failed attempt into an outcome. A reply of the server is always definite; without one, what matters is
 * whether the final dot may have reached it.
 */
export function judgeFailure(error: unknown, stage: MessageStage): SendOutcome {
  const failure = readFailure(error)
  const reason = describeFailure(failure)
  if (failure.responseCode === undefined && stage.isContentOut) return { outcome: 'uncertain', reason }
  return { outcome: 'refused', permanent: isPermanent(failure), reason }
}

/**
 * Only a 5xx about this recipient or this message is final. A 5xx to the greeting or the sign-in is trouble with the
 * server or the settings, and ends when somebody mends those.
 */
function isPermanent({ code, command, responseCode }: SmtpFailure): boolean {
  const isAboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isAboutMessage || command === 'MAIL FROM') return false
  return responseCode === undefined || responseCode >= 500
}

function describeFailure({ code, command, responseCode, message }: SmtpFailure): string {
  const where = command && command !== 'CONN' ? ` at ${command}` : ''
  if (responseCode !== undefined) return `server answered ${responseCode}${where}: ${withoutAddresses(message)}`
  return `${code ?? 'failure'}${where}: ${withoutAddresses(message)}`
}

// Servers like to repeat the address; reasons are stored and shown in clear.
function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>"']*@[^\s<>"']*/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 160)
}

function readFailure(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { code: undefined, command: undefined, responseCode: undefined, message: '' }
  const { message } = error
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    command: 'command' in error && typeof error.command === 'string' ? error.command : undefined,
    responseCode: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined,
    message,
  }
}
