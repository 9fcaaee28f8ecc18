import { describe, expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { connectKafka } from './connect-kafka.ts'
import { openCluster } from './open-cluster.ts'

describe('the client', () => {
  test.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('can be made with %s', (mechanism) => {
    const sasl = { mechanism, username: 'desk', password: 'secret' }
    expect(() => connectKafka({ brokers: ['one:9092'], ssl: true, sasl, logger: recordingLog() })).not.toThrow()
  })

  test('hands its connections out without a group', () => {
    const kafka = connectKafka({ brokers: ['one:9092'], ssl: false, sasl: undefined, logger: recordingLog() })
    expect(openCluster(kafka).isConnected()).toBe(false)
  })

  test('writes of the library only what is known to be harmless, as warnings', () => {
    const logger = recordingLog()
    const kafka = connectKafka({ brokers: ['one:9092'], ssl: false, sasl: undefined, logger })
    kafka
      .logger()
      .namespace('Producer')
      .error('Failed to send messages', {
        broker: 'one:9092',
        retryCount: 2,
        error: new Error('closed'),
        messages: [{ value: 'Dear Alice' }],
        payload: 'Dear Alice',
      })
    kafka.logger().info('Starting')
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        fields: { part: 'kafkajs', namespace: 'Producer', broker: 'one:9092', retryCount: 2, error: 'closed' },
        message: 'Failed to send messages',
      },
    ])
  })
})
