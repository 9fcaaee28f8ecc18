import type { ConsoleClient } from '../../renderer/api/console-client.ts'
import type { BenchName, DeskBench } from '../fixtures/desk-bench.ts'

/** A desk service behind one transport. */
export interface DeskSide extends AsyncDisposable {
  readonly bench: DeskBench
  /** A console of its own, signed in where a name is given. */
  connect(name?: BenchName): Promise<ConsoleClient>
  /** Whether a console may connect before anybody is signed in. */
  readonly letsStrangersIn: boolean
  /** Whether the service runs in a backend, and so can tell how that is doing. */
  readonly isInBackend: boolean
}

/** Opens one for one test. */
export type OpenDeskSide = () => Promise<DeskSide>
