import type { Log } from '../../shared/ports/log.ts'
import type { KafkaSettings } from '../config/settings.ts'

/** How the log is opened. Whatever is left out has a default that suits production. */
export interface KafkaLogOptions extends KafkaSettings {
  readonly logger: Log
  /** Of topics that do not exist yet. */
  readonly partitions?: number
  /** Of topics that do not exist yet; -1 leaves it to the broker. */
  readonly replicationFactor?: number
  /** How long an append is tried again through an outage before it is given back. Milliseconds. */
  readonly appendDeadline?: number
  /** How long a question to the cluster is asked again before it fails. Milliseconds. */
  readonly patience?: number
  /** Whether topics that do not exist yet are created; they are unless this says otherwise. */
  readonly createsTopics?: boolean
  /** Before every topic's name, for tests and for several systems on one cluster. */
  readonly topicPrefix?: string
}
