export interface KafkaPorts {
  readonly broker: number
  readonly controller: number
}

export interface KafkaSettings {
  readonly ports: KafkaPorts
  readonly dataFolder: string
  readonly extra: Readonly<Record<string, string>>
}

/**
 * The settings file of a broker that is started often and holds little. Topics are not created by mere use, so that a
 * test notices when the product forgets to create them.
 */
export function kafkaProperties({ ports, dataFolder, extra }: KafkaSettings): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${ports.broker},CONTROLLER://127.0.0.1:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.broker}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataFolder,
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '2',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    'group.initial.rebalance.delay.ms': '0',
    'num.network.threads': '2',
    'num.io.threads': '2',
    // The default buffer of the cleaner alone would take a third of the heap.
    'log.cleaner.dedupe.buffer.size': '4194304',
    // A killed broker is fenced only when its session runs out: a restart waits for that.
    'broker.session.timeout.ms': '1000',
    'broker.heartbeat.interval.ms': '250',
    'controller.quorum.election.timeout.ms': '500',
    ...extra,
  }
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('')
}
