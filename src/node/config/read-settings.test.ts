import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isFlightlineError } from '../../shared/lib/errors.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { readSettings } from './read-settings.ts'

const SERVERS = { MONGODB_URL: 'mongodb://127.0.0.1:27017', KAFKA_BROKERS: '127.0.0.1:9092' }
const NOWHERE = '/nowhere'

function problemsOf(env: Record<string, string>, cwd = NOWHERE): string {
  try {
    readSettings(env, cwd)
  } catch (error) {
    if (isFlightlineError(error, 'FL_SETTINGS_INVALID')) return error.message
    throw error
  }
  return ''
}

describe('without any setting', () => {
  const settings = readSettings({}, NOWHERE)

  test('everything has the documented default and nothing is connected', () => {
    expect(settings).toMatchObject({
      mode: 'embedded',
      host: '127.0.0.1',
      port: 8080,
      publicUrl: undefined,
      trustProxy: false,
      pushWorkers: 1,
      pushCompression: 'none',
      dataFolder: '/nowhere/data',
      speed: 1,
      start: '14:00',
      connection: undefined,
      smtp: undefined,
      twilio: undefined,
      vapid: undefined,
      piiKey: undefined,
      adminPassword: undefined,
      logLevel: 'info',
    })
  })

  test('the day is the bundled one, wherever the program was started', () => {
    expect(settings.day).toMatch(/resources\/days\/departures-2013-03-08\.csv$/)
    expect(existsSync(settings.day ?? '')).toBe(true)
  })

  test('nothing can be changed afterwards', () => {
    const connected = readSettings(SERVERS, NOWHERE)
    expect(Object.isFrozen(settings)).toBe(true)
    expect(Object.isFrozen(connected.connection?.kafka.brokers)).toBe(true)
  })
})

describe('given settings', () => {
  test('both servers make it connected, with no day unless one is asked for', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'day.csv'), 'year\n')
    const settings = readSettings({ ...SERVERS, KAFKA_BROKERS: 'one:9092, two:9093' }, folder.path)
    expect(settings.mode).toBe('connected')
    expect(settings.day).toBeUndefined()
    expect(settings.connection).toEqual({
      mongoUrl: SERVERS.MONGODB_URL,
      kafka: { brokers: ['one:9092', 'two:9093'], ssl: false, sasl: undefined },
    })
    expect(readSettings({ ...SERVERS, FLIGHTLINE_DAY: 'day.csv' }, folder.path).day).toBe(join(folder.path, 'day.csv'))
  })

  test('none is no day in embedded mode either', () => {
    expect(readSettings({ FLIGHTLINE_DAY: 'none' }, NOWHERE).day).toBeUndefined()
  })

  test('numbers, flags and words become what they mean', () => {
    const env = { PORT: '0', TRUST_PROXY: 'true', FLIGHTLINE_SPEED: 'max', FLIGHTLINE_START: 'live' }
    expect(readSettings({ ...env, ...SERVERS, PUSH_WORKERS: '4' }, NOWHERE)).toMatchObject({
      port: 0,
      trustProxy: true,
      pushWorkers: 4,
      speed: 'max',
      start: 'live',
    })
    expect(readSettings({ FLIGHTLINE_SPEED: '0.5' }, NOWHERE).speed).toBe(0.5)
    expect(readSettings({ TRUST_PROXY: '0' }, NOWHERE).trustProxy).toBe(false)
    expect(readSettings({ PUBLIC_URL: 'https://flights.example.com/x/' }, NOWHERE).publicUrl).toBe(
      'https://flights.example.com/x',
    )
  })

  test('groups are put together', () => {
    const env = {
      ...SERVERS,
      KAFKA_SSL: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'desk',
      KAFKA_SASL_PASSWORD: 'kafka-secret',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      MAIL_FROM: 'Flightline <flights@example.com>',
      TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
      TWILIO_AUTH_TOKEN: 'twilio-secret',
      TWILIO_FROM: '+12025550100',
      VAPID_PUBLIC_KEY: 'p'.repeat(87),
      VAPID_PRIVATE_KEY: 'k'.repeat(43),
      VAPID_SUBJECT: 'mailto:operations@example.com',
    }
    const settings = readSettings(env, NOWHERE)
    expect(settings.connection?.kafka).toMatchObject({ ssl: true, sasl: { mechanism: 'scram-sha-512' } })
    expect(settings.smtp).toEqual({ url: env.SMTP_URL, from: env.MAIL_FROM })
    expect(settings.twilio).toMatchObject({ from: '+12025550100', apiUrl: undefined })
    expect(settings.vapid?.subject).toBe('mailto:operations@example.com')
  })

  test('URLs of MongoDB may name several hosts, a database and a password', () => {
    for (const url of [
      'mongodb://a:1,b:2,c:3/flightline?replicaSet=rs0',
      'mongodb://desk:p%40ss@a:1,b:2/?tls=true',
      'mongodb+srv://desk:pass@cluster.example.com/flightline',
    ]) {
      expect(readSettings({ ...SERVERS, MONGODB_URL: url }, NOWHERE).connection?.mongoUrl).toBe(url)
    }
  })
})

describe('the file .env', () => {
  test('fills in what the environment leaves out; an empty value is none', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, '.env'), '# ours\nPORT=9000\nHOST="0.0.0.0"\nLOG_LEVEL=\nFLIGHTLINE_DATA=/d\n')
    const settings = readSettings({ PORT: '9001', FLIGHTLINE_DATA: '' }, folder.path)
    expect(settings).toMatchObject({ port: 9001, host: '0.0.0.0', logLevel: 'info' })
    expect(settings.dataFolder).toBe(join(folder.path, 'data'))
  })

  test('that cannot be read is a problem of its own', async () => {
    await using folder = await temporaryFolder()
    await mkdir(join(folder.path, '.env'))
    expect(problemsOf({ PORT: 'x' }, folder.path)).toMatch(/2 problem.*\.env: cannot be read.*PORT: /)
  })
})

describe('bad settings', () => {
  test('are all named at once, with the reason', () => {
    const message = problemsOf({ PORT: '70000', LOG_LEVEL: 'loud', FLIGHTLINE_SPEED: '-1', FLIGHTLINE_START: '25:00' })
    expect(message).toBe(
      'The settings have 4 problem(s): PORT: say a whole number from 0 to 65535; ' +
        'FLIGHTLINE_SPEED: say a number above 0, or max; FLIGHTLINE_START: say a time such as 14:00, or live; ' +
        'LOG_LEVEL: say trace, debug, info, warn, error, fatal, silent',
    )
  })

  test('one server without the other is refused', () => {
    expect(problemsOf({ MONGODB_URL: SERVERS.MONGODB_URL })).toContain(
      'KAFKA_BROKERS: Set both MONGODB_URL and KAFKA_BROKERS, or neither; only MONGODB_URL is set.',
    )
    expect(problemsOf({ KAFKA_BROKERS: 'one:9092', MONGODB_URL: '  ' })).toContain(
      'MONGODB_URL: Set both MONGODB_URL and KAFKA_BROKERS, or neither; only KAFKA_BROKERS is set.',
    )
  })

  test.each([
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'flights.example.com'],
    ['PUBLIC_URL', 'ftp://flights.example.com'],
    ['TRUST_PROXY', 'perhaps'],
    ['PUSH_WORKERS', '0'],
    ['PUSH_COMPRESSION', 'all'],
    ['FLIGHTLINE_DAY', 'no/such/day.csv'],
    ['FLIGHTLINE_DAY', '/'],
    ['FLIGHTLINE_SPEED', '0'],
    ['FLIGHTLINE_SPEED', 'Infinity'],
    ['FLIGHTLINE_START', '9:00'],
    ['FLIGHTLINE_PII_KEY', 'too-short'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(problemsOf({ [name]: value })).toMatch(new RegExp(`1 problem.*: ${name}: `))
  })

  test.each([
    ['KAFKA_BROKERS', 'one,two:9092'],
    ['KAFKA_BROKERS', 'http://one:9092'],
    ['MONGODB_URL', 'postgres://one'],
    ['KAFKA_SASL_MECHANISM', 'gssapi'],
    ['KAFKA_SSL', 'tls'],
  ])('%s=%s is refused beside good servers', (name, value) => {
    expect(problemsOf({ ...SERVERS, [name]: value })).toContain(`${name}: `)
  })

  test.each([
    [{ SMTP_URL: 'smtp://127.0.0.1' }, 'MAIL_FROM: needed beside SMTP_URL'],
    [{ TWILIO_AUTH_TOKEN: 't' }, 'TWILIO_ACCOUNT_SID: needed beside TWILIO_AUTH_TOKEN'],
    [{ ...SERVERS, KAFKA_SASL_USERNAME: 'u' }, 'KAFKA_SASL_PASSWORD: needed beside KAFKA_SASL_USERNAME'],
    [{ VAPID_SUBJECT: 'mailto:a@example.com' }, 'VAPID_PRIVATE_KEY: needed beside VAPID_SUBJECT'],
    [{ KAFKA_SSL: 'true' }, 'KAFKA_BROKERS: needed beside KAFKA_SSL'],
    [{ TWILIO_API_URL: 'http://127.0.0.1' }, 'TWILIO_ACCOUNT_SID: needed beside TWILIO_API_URL'],
    [{ PUSH_WORKERS: '2' }, 'PUSH_WORKERS: above 1 needs MONGODB_URL and KAFKA_BROKERS'],
  ])('a half group %o names what is missing', (env, reason) => {
    expect(problemsOf(env)).toContain(reason)
  })

  test('one process needs no servers', () => {
    expect(readSettings({ PUSH_WORKERS: '1' }, NOWHERE).mode).toBe('embedded')
  })

  test('values are never repeated, because they may be secrets', () => {
    const value = 'hunter2 hunter2'
    const names = ['FLIGHTLINE_PII_KEY', 'MONGODB_URL', 'SMTP_URL', 'TWILIO_FROM', 'VAPID_PRIVATE_KEY', 'MAIL_FROM']
    const message = problemsOf(Object.fromEntries(names.map((name) => [name, value])))
    for (const name of names) expect(message).toContain(`${name}: `)
    expect(message).not.toContain('hunter2')
  })
})
