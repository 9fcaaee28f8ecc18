import type { Registry } from 'prom-client'
import type { z } from 'zod'
import type { ProcessFigures } from '../../src/node/metrics/merge-metrics.ts'
import type { DeskParts } from '../../src/shared/desk/parts.ts'
import type { PendingSubscription } from '../../src/shared/desk/subscriptions.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Sealer } from '../../src/shared/ports/secrets.ts'
import type { ImportReport } from '../ingest/import/import-report.ts'
import type { Part } from '../part.ts'

/** A place passengers may search by and read instead of a code. */
export interface Place {
  readonly name: string
  readonly city?: string
  readonly zone?: string
}

/** The settings that HTTP looks at. */
export interface HttpSettings {
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  readonly trustProxy: boolean
  /** `/dev/mailbox` exists: embedded, or a demo. */
  readonly showsMailbox: boolean
  /** Folders of the built pages. */
  readonly pages: { readonly passenger: string; readonly console: string }
}

/** What HTTP is made from. */
export interface HttpParts extends DeskParts {
  readonly sealer: Sealer
  readonly logger: Log
  /** Of all processes of this backend. */
  readonly metrics: Pick<Registry, 'contentType' | 'metrics'> & {
    /** Those that the console shows. */
    figures(): Promise<readonly ProcessFigures[]>
  }
  readonly version: string
  readonly settings: HttpSettings
  readonly places: Readonly<Record<string, Place>>
  /** The parts whose health is shown. */
  readonly monitored: readonly Part[]
  importDepartures(csv: string): Promise<ImportReport>
  importBookings(csv: string): Promise<ImportReport>
  /** Mails the confirmation link; resolves when the channel has it or gave up. */
  sendConfirmation(pending: PendingSubscription): Promise<void>
  /** Asks connected feeds and the store for news now; called at most once a second. */
  lookNow(): void
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers by status, for the documentation only: nothing is serialised or checked by them while serving. */
    answers?: Readonly<Record<number, z.ZodType>>
  }
}
