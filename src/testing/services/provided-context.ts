import type {} from 'vitest'

declare module 'vitest' {
  /** What integration tests get with `inject`, set by `global-setup.ts`. */
  export interface ProvidedContext {
    kafkaBrokers: string[]
    kafkaLabel: string
    mongoUrl: string
    mongoLabel: string
    /** True when no real MongoDB answers `mongoUrl`. */
    mongoStandIn: boolean
  }
}
