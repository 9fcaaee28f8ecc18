import type { LogLevel } from '../log/create-log.ts'

/** Where Kafka is and how to be let in. */
export interface KafkaSettings {
  readonly brokers: readonly string[]
  readonly ssl: boolean
  readonly sasl: SaslSettings | undefined
}

export interface SaslSettings {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  readonly password: string
}

/** The two servers of connected mode; there is never one without the other. */
export interface ConnectionSettings {
  readonly mongoUrl: string
  readonly kafka: KafkaSettings
}

interface SmtpSettings {
  readonly url: string
  readonly from: string
}

export interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  readonly from: string
  /** Only for tests against a local server. */
  readonly apiUrl: string | undefined
}

export interface VapidSettings {
  readonly publicKey: string
  readonly privateKey: string
  readonly subject: string
}

/** All settings, checked; `contract.md` says what each is for. `undefined`: not set, and nothing stands in for it. */
export interface Settings {
  readonly mode: 'embedded' | 'connected'
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** As given; see {@link publicUrlOf}. */
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean
  readonly pushWorkers: number
  /** What is compressed for clients of the push gateway that offer it. */
  readonly pushCompression: 'none' | 'snapshots'
  /** Absolute. */
  readonly dataFolder: string
  /** Absolute path of the CSV of the day to replay; `undefined`: none. */
  readonly day: string | undefined
  /** Replayed seconds per second. */
  readonly speed: number | 'max'
  /** `HH:MM`, local to the first station of the day, or `live`. */
  readonly start: string
  readonly connection: ConnectionSettings | undefined
  readonly smtp: SmtpSettings | undefined
  readonly twilio: TwilioSettings | undefined
  readonly fcmServiceAccount: string | undefined
  readonly vapid: VapidSettings | undefined
  readonly piiKey: string | undefined
  readonly adminPassword: string | undefined
  readonly logLevel: LogLevel
}

/** What links and webhook signatures begin with, without a slash at the end. `port` is the one that was bound. */
export function publicUrlOf({ publicUrl, host }: Pick<Settings, 'publicUrl' | 'host'>, port: number): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
