import { z } from 'zod'
import { logLevels } from '../log/create-log.ts'
import { isKey } from '../secrets/key-text.ts'

// Messages are ours throughout: zod's own may quote the value, which may be a secret.
const text = (reason: string, pattern = /\S/) => z.string().regex(pattern, reason)

const truth = z
  .enum(['true', 'false', '1', '0'], 'say true or false')
  .transform((value) => value === 'true' || value === '1')

const wholeNumber = (least: number, most: number) =>
  text(`say a whole number from ${least} to ${most}`, /^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `say a whole number from ${least} to ${most}`)

const url = (schemes: readonly string[]) =>
  z.string().refine((value) => hasScheme(value, schemes), `say a URL that starts with ${schemes.join(' or ')}`)

const brokers = z
  .string()
  .transform((value) => value.split(',').map((broker) => broker.trim()))
  .refine((list) => list.every((broker) => /^[^\s:/]+:\d{1,5}$|^\[[\da-f:]+\]:\d{1,5}$/i.test(broker)), {
    message: 'say host:port, several with commas between',
  })

const speed = text('say a number above 0, or max', /^(max|\d{1,6}(\.\d{1,6})?)$/)
  .refine((value) => value === 'max' || Number(value) > 0, 'say a number above 0, or max')
  .transform((value) => (value === 'max' ? value : Number(value)))

/** Every setting by the name of its environment variable: what it must look like and what it becomes. */
export const variables = z.object({
  HOST: text('say a host name or an address', /^[\w.:-]+$/).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8080),
  PUBLIC_URL: url(['http:', 'https:'])
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: truth.default(false),
  PUSH_WORKERS: wholeNumber(1, 64).default(1),
  PUSH_COMPRESSION: z.enum(['none', 'snapshots'], 'say none or snapshots').default('none'),
  FLIGHTLINE_DATA: text('say a folder').default('./data'),
  FLIGHTLINE_DAY: text('say a CSV file, or none').optional(),
  FLIGHTLINE_SPEED: speed.default(1),
  FLIGHTLINE_START: text('say a time such as 14:00, or live', /^(([01]\d|2[0-3]):[0-5]\d|live)$/).default('14:00'),
  FLIGHTLINE_PII_KEY: z.string().refine(isKey, 'say 32 bytes in base64 or hex').optional(),
  FLIGHTLINE_ADMIN_PASSWORD: text('say a password').optional(),
  MONGODB_URL: url(['mongodb:', 'mongodb+srv:']).optional(),
  KAFKA_BROKERS: brokers.optional(),
  KAFKA_SSL: truth.default(false),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], 'say plain, scram-sha-256 or scram-sha-512')
    .optional(),
  KAFKA_SASL_USERNAME: text('say a name').optional(),
  KAFKA_SASL_PASSWORD: text('say a password').optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: text(
    'say an address, or Name <address>',
    /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
  ).optional(),
  TWILIO_ACCOUNT_SID: text('say a SID; it starts with AC', /^AC\w+$/).optional(),
  TWILIO_AUTH_TOKEN: text('say a token').optional(),
  TWILIO_FROM: text('say a number such as +12025550100, or the SID of a service', /^(\+\d{6,15}|MG\w+)$/).optional(),
  TWILIO_API_URL: url(['http:', 'https:']).optional(),
  FCM_SERVICE_ACCOUNT: text('say a file').optional(),
  VAPID_PUBLIC_KEY: text('say a base64url key', /^[\w-]{80,}={0,2}$/).optional(),
  VAPID_PRIVATE_KEY: text('say a base64url key', /^[\w-]{40,}={0,2}$/).optional(),
  VAPID_SUBJECT: url(['mailto:', 'https:']).optional(),
  LOG_LEVEL: z.enum(logLevels, `say ${logLevels.join(', ')}`).default('info'),
})

/** The settings before they are put together. */
export type Variables = z.output<typeof variables>

/** A name of the table of settings. */
export type VariableName = keyof Variables

/** MongoDB's URLs may name several hosts, which are no URL to the platform. */
function hasScheme(value: string, schemes: readonly string[]): boolean {
  const single = value.replace(/^(mongodb:\/\/(?:[^@/]*@)?[^,/]+),[^/?]*/, '$1')
  return URL.canParse(single) && schemes.includes(new URL(single).protocol)
}
