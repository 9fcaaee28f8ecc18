import type { Settings } from '../../src/node/config/settings.ts'

/** A setting that was given and changes nothing, with the reason. */
export interface UnusedSetting {
  readonly name: string
  readonly reason: string
}

/**
 * Settings that this version reads and does not act on, and a missing one that leaves passengers without mail. Whoever
 * set them must learn it from the log and from `GET /health`, not from passengers who heard nothing.
 */
export function findUnused(settings: Settings): readonly UnusedSetting[] {
  const { twilio, fcmServiceAccount, vapid, mode, smtp, day, speed, start } = settings
  const isReplaySet = speed !== 1 || start !== '14:00'
  const checks: readonly (readonly [boolean, string, string])[] = [
    [twilio !== undefined, 'TWILIO_ACCOUNT_SID', 'SMS are not sent yet; they end as suppressed'],
    [fcmServiceAccount !== undefined, 'FCM_SERVICE_ACCOUNT', 'app push is not sent yet; it ends as suppressed'],
    [vapid !== undefined, 'VAPID_PUBLIC_KEY', 'Web Push is not sent yet; it ends as suppressed'],
    [mode === 'connected' && !smtp, 'SMTP_URL', 'not set: e-mail stays in the mailbox of the store and reaches nobody'],
    [day === undefined && isReplaySet, 'FLIGHTLINE_SPEED, FLIGHTLINE_START', 'no day is replayed'],
  ]
  return checks.filter(([holds]) => holds).map(([, name, reason]) => ({ name, reason }))
}
