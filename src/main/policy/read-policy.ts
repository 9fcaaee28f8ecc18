import { z } from 'zod'
import { type SettingsDraft, settingsDraftSchema } from '../../shared/api/desktop-schemas.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'
import { secretsOf } from '../settings/draft.ts'
import { type Owner, readTrustedFile, UntrustedFile } from './read-trusted-file.ts'

/** Releases, or what is to become one. */
export type UpdateChannel = 'latest' | 'beta'

/** What the people who run this machine decided for every desk on it. */
export interface Policy {
  readonly updates: 'allowed' | 'forbidden'
  readonly channel: UpdateChannel
  /** Settings that nobody changes at the desk; their secrets are entered there. */
  readonly settings?: SettingsDraft
  /** There is a policy, and it is not followed: to be shown, with what to do. */
  readonly problem?: string
}

/** What reading needs. */
export interface PolicyParts {
  readonly path: string
  /** Whom the file must belong to; `undefined` where there are no owners. */
  readonly owner: Owner
  readonly logger: Log
}

/** Unknown names are refused: a misspelt `updates` must not pass for permission. */
const policySchema = z.strictObject({
  updates: z.enum(['allowed', 'forbidden']),
  channel: z.enum(['latest', 'beta']).default('latest'),
  settings: settingsDraftSchema
    .refine(
      (draft) => Object.keys(secretsOf(draft)).length === 0,
      'everybody can read this file; it may hold no secret',
    )
    .optional(),
})

/** No policy at all: a machine that its person looks after. */
const unmanaged: Policy = { updates: 'allowed', channel: 'latest' }

/**
 * Reads the machine's policy. One that is there and cannot be followed forbids updates: whoever wrote it wanted to
 * restrict something.
 */
export async function readPolicy({ path, owner, logger }: PolicyParts): Promise<Policy> {
  try {
    const text = await readTrustedFile(path, owner)
    if (text === undefined) return unmanaged
    const { settings, ...rest } = policySchema.parse(JSON.parse(text))
    return settings ? { ...rest, settings } : rest
  } catch (error) {
    const failure = new FlightlineError('FL_POLICY_INVALID', { path, problem: describeProblem(error) })
    logger.error({ code: failure.code, ...failure.details }, failure.message)
    return { updates: 'forbidden', channel: 'latest', problem: failure.message }
  }
}

function describeProblem(error: unknown): string {
  if (error instanceof UntrustedFile) return error.message
  if (error instanceof SyntaxError) return 'it is not JSON'
  if (error instanceof z.ZodError) return error.issues.map(describeIssue).join(', ')
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return `it cannot be read (${code})`
}

/** The place and what is wrong there, without the value: it may be the secret that should not be there. */
function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message
}
