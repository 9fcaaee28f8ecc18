import { describe, expect, test } from 'vitest'
import { readSettings } from '../../src/node/config/read-settings.ts'
import { findUnused } from './find-unused.ts'

function unused(env: Readonly<Record<string, string>>): readonly string[] {
  return findUnused(readSettings(env, '/nonexistent')).map(({ name }) => name)
}

const connected = { MONGODB_URL: 'mongodb://127.0.0.1', KAFKA_BROKERS: '127.0.0.1:9092' }

describe('findUnused', () => {
  test('finds nothing where nothing is set', () => {
    expect(unused({})).toEqual([])
    expect(unused({ PUSH_WORKERS: '1', FLIGHTLINE_SPEED: 'max' })).toEqual([])
  })

  test('names channels that do not send yet', () => {
    const twilio = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'secret', TWILIO_FROM: '+12025550100' }
    expect(unused(twilio)).toEqual(['TWILIO_ACCOUNT_SID'])
    const vapid = {
      VAPID_PUBLIC_KEY: 'B'.repeat(87),
      VAPID_PRIVATE_KEY: 'a'.repeat(43),
      VAPID_SUBJECT: 'mailto:a@example.com',
    }
    expect(unused({ ...vapid, FCM_SERVICE_ACCOUNT: 'key.json' })).toEqual(['FCM_SERVICE_ACCOUNT', 'VAPID_PUBLIC_KEY'])
  })

  test('connected without a mail server is told, embedded it is what the mailbox is for', () => {
    expect(unused(connected)).toEqual(['SMTP_URL'])
    expect(unused({ ...connected, SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'a@example.com' })).toEqual([])
  })

  test('the speed of a replay that there is not is told', () => {
    expect(unused({ FLIGHTLINE_DAY: 'none', FLIGHTLINE_SPEED: '60' })).toEqual(['FLIGHTLINE_SPEED, FLIGHTLINE_START'])
  })

  test('never repeats a value', () => {
    const found = findUnused(readSettings({ FCM_SERVICE_ACCOUNT: '/etc/secret-key.json' }, '/nonexistent'))
    expect(JSON.stringify(found)).not.toContain('secret-key')
  })
})
