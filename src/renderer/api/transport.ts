import type { ConsoleClient } from './console-client.ts'

/** Name and password, as typed. */
export interface Credentials {
  readonly name: string
  readonly password: string
}

/** One open way to the desk service. It ends once and is not mended: the feed opens the next. */
export interface Connection {
  readonly client: ConsoleClient
  /** Resolves when the connection has ended, whoever ended it. Never rejects. */
  readonly closed: Promise<void>
  close(): void
}

/** Why a connection could not be opened. */
export type ConnectFailure = 'signed-out' | 'unreachable'

/** Thrown by {@link Transport.connect}. */
export class ConnectError extends Error {
  readonly failure: ConnectFailure

  constructor(failure: ConnectFailure, options?: ErrorOptions) {
    super(failure, options)
    this.name = 'ConnectError'
    this.failure = failure
  }
}

/** Hides from everything above whether the console runs in a browser or in Electron. */
export interface Transport {
  /**
   * Opens a connection, or gives up after a few seconds.
   * @throws ConnectError
   */
  connect(): Promise<Connection>
  /**
   * Signs in; connections opened afterwards belong to that person.
   * @throws RequestFailure with the server's words
   */
  signIn(credentials: Credentials): Promise<void>
  signOut(): Promise<void>
}
