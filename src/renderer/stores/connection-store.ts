import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Actor } from '../../shared/domain/role.ts'

/** Where the console stands with the desk service. */
type Phase = 'connecting' | 'signed-out' | 'live' | 'reconnecting'

/** How far publishing lags behind, as the service reports it. */
export interface Publishing {
  readonly unpublished: number
  /** Milliseconds. */
  readonly oldestAge: number
}

/** The connection as screens show it. */
export interface ConnectionState {
  readonly phase: Phase
  readonly actor: Actor | null
  /** Why the person has to sign in again; empty at the first time. */
  readonly notice: string
  /** When the service was heard last, monotonic milliseconds; before 0 when that was before the page was loaded. */
  readonly heardAt: number | undefined
  readonly publishing: Publishing
}

/** The store of the connection. */
export type ConnectionStore = StoreApi<ConnectionState>

/** A connection that is being made. */
export function createConnectionStore(): ConnectionStore {
  return createStore<ConnectionState>()(() => ({
    phase: 'connecting',
    actor: null,
    notice: '',
    heardAt: undefined,
    publishing: { unpublished: 0, oldestAge: 0 },
  }))
}

// Longer than the relay ever takes while it runs, so an alarm means that nobody is publishing.
const ALARM_AGE = 10_000

/** Whether accepted changes wait so long for publishing that passengers are not being told. */
export function isPublishingStuck({ unpublished, oldestAge }: Publishing): boolean {
  return unpublished > 0 && oldestAge > ALARM_AGE
}
