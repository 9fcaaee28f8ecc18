import { expect, test } from 'vitest'
import { backendEnvironment } from './backend-environment.ts'
import type { DesktopSettings } from './desktop-settings.ts'
import { readEnvironmentSettings } from './environment-settings.ts'

const FOLDER = '/home/anna/flightline'
const connected = { MONGODB_URL: 'mongodb://127.0.0.1:27017', KAFKA_BROKERS: '127.0.0.1:9092,127.0.0.2:9092' }

test('an environment that names nothing leaves the settings to the person', () => {
  expect(readEnvironmentSettings({ PATH: '/bin', PORT: '8081', LOG_LEVEL: 'warn' }, FOLDER)).toBeUndefined()
})

test('MongoDB and Kafka make a direct desk, which is a server only when told so', () => {
  expect(readEnvironmentSettings(connected, FOLDER)).toMatchObject({
    mode: 'direct',
    connection: { mongoUrl: connected.MONGODB_URL, kafka: { brokers: ['127.0.0.1:9092', '127.0.0.2:9092'] } },
    backend: { run: false },
  })
  expect(readEnvironmentSettings({ ...connected, FLIGHTLINE_BACKEND: 'true' }, FOLDER)).toMatchObject({
    backend: { run: true },
  })
})

test('half a connection and wrong values are refused', () => {
  const refused = expect.objectContaining({ code: 'FL_SETTINGS_INVALID' })
  expect(() => readEnvironmentSettings({ MONGODB_URL: connected.MONGODB_URL }, FOLDER)).toThrow(refused)
  expect(() => readEnvironmentSettings({ FLIGHTLINE_MODE: 'embedded', PORT: 'x' }, FOLDER)).toThrow(refused)
})

test('a server and the embedded mode can be named as well', () => {
  const serverUrl = 'https://ops.example.com'
  expect(readEnvironmentSettings({ FLIGHTLINE_SERVER_URL: serverUrl }, FOLDER)).toEqual({ mode: 'served', serverUrl })
  expect(readEnvironmentSettings({ FLIGHTLINE_MODE: 'embedded', FLIGHTLINE_DAY: 'none' }, FOLDER)).toMatchObject({
    mode: 'embedded',
    demo: false,
    backend: { run: true, port: 8080, isOpen: false },
  })
})

const backend = {
  run: true,
  port: 8081,
  isOpen: false,
  publicUrl: undefined,
  adminPassword: undefined,
  smtp: undefined,
}

test('the embedded backend works on the file of this desktop', () => {
  const first = { ...backend, adminPassword: 'correct horse' }
  const settings: DesktopSettings = { mode: 'embedded', demo: true, backend: first }
  expect(backendEnvironment(settings, FOLDER)).toEqual({
    FLIGHTLINE_DATA: FOLDER,
    PORT: '8081',
    HOST: '127.0.0.1',
    FLIGHTLINE_ADMIN_PASSWORD: 'correct horse',
  })
  expect(backendEnvironment({ mode: 'embedded', demo: false, backend }, FOLDER)).toEqual({
    FLIGHTLINE_DATA: FOLDER,
    FLIGHTLINE_DAY: 'none',
    PORT: '8081',
    HOST: '127.0.0.1',
  })
})

test('what a connected backend is given, it reads back as it was meant', () => {
  const sasl = { mechanism: 'scram-sha-256', username: 'desk', password: 'covert' } as const
  const settings: DesktopSettings = {
    mode: 'direct',
    connection: { mongoUrl: 'mongodb://127.0.0.1/x', kafka: { brokers: ['a:9092', 'b:9092'], ssl: true, sasl } },
    backend: {
      ...backend,
      isOpen: true,
      publicUrl: 'https://flights.example.com',
      smtp: { url: 'smtp://127.0.0.1', from: 'f@example.com' },
    },
  }
  const environment = backendEnvironment(settings, FOLDER) ?? {}
  expect(readEnvironmentSettings({ ...environment, FLIGHTLINE_BACKEND: 'true' }, FOLDER)).toEqual(settings)
})

test('no backend runs where none is wanted', () => {
  expect(backendEnvironment(undefined, FOLDER)).toBeUndefined()
  expect(backendEnvironment({ mode: 'served', serverUrl: 'https://ops.example.com' }, FOLDER)).toBeUndefined()
  const connection = { mongoUrl: 'mongodb://127.0.0.1', kafka: { brokers: ['a:1'], ssl: false, sasl: undefined } }
  expect(
    backendEnvironment({ mode: 'direct', connection, backend: { ...backend, run: false } }, FOLDER),
  ).toBeUndefined()
})
