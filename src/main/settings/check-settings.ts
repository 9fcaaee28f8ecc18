import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { z } from 'zod'
import { probeKafka } from '../../node/kafka/probe-kafka.ts'
import { probeMongo } from '../../node/mongo/probe-mongo.ts'
import { describeNetworkFailure } from '../../node/web/describe-network-failure.ts'
import type { SettingsCheck } from '../../shared/api/desktop-schemas.ts'
import { isFlightlineError } from '../../shared/lib/errors.ts'
import { readServerAddress } from '../desk/served/server-address.ts'
import type { BackendSettings, DesktopSettings } from './desktop-settings.ts'

/** What trying settings needs to know of this desktop. */
export interface CheckParts {
  readonly folder: string
  /** The port on which our own backend listens now, which others may not take for taken. */
  readonly ownPort: () => number | undefined
}

const PATIENCE = 5_000

/** Tries everything that settings name, side by side. The messages hold no address and no password. */
export async function checkSettings(parts: CheckParts, settings: DesktopSettings): Promise<readonly SettingsCheck[]> {
  if (settings.mode === 'served') return [await checkServer(settings.serverUrl)]
  const { backend } = settings
  const backendChecks = backend.run
    ? [checkPort(parts, backend), ...(backend.smtp ? [checkMail(backend.smtp.url)] : [])]
    : []
  if (settings.mode === 'embedded') return Promise.all([checkFolder(parts.folder), ...backendChecks])
  const { mongoUrl, kafka } = settings.connection
  const options = { willPrepare: backend.run }
  const [store, log, ...others] = await Promise.all([
    probeMongo(mongoUrl, options),
    probeKafka(kafka, options),
    ...backendChecks,
  ])
  return [{ part: 'store', ...store }, { part: 'log', ...log }, ...others]
}

async function checkFolder(folder: string): Promise<SettingsCheck> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return { part: 'store', ok: true, message: 'The data folder can be written.' }
  } catch {
    return { part: 'store', ok: false, message: 'The data folder cannot be written; check its rights.' }
  }
}

async function checkPort({ ownPort }: CheckParts, { port, isOpen }: BackendSettings): Promise<SettingsCheck> {
  if (ownPort() === port) return { part: 'backend', ok: true, message: `The backend listens on port ${port}.` }
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, isOpen ? '0.0.0.0' : '127.0.0.1', () => server.close(() => resolve(true)))
  })
  const message = isFree
    ? `Port ${port} is free.`
    : `Port ${port} is taken by another program, or not allowed; choose another one.`
  return { part: 'backend', ok: isFree, message }
}

/** As far as a greeting: whether a mail server is there. Whether it takes our mails shows only when one is sent. */
async function checkMail(address: string): Promise<SettingsCheck> {
  const url = new URL(address)
  const isSecure = url.protocol === 'smtps:'
  const port = Number(url.port) || (isSecure ? 465 : 587)
  try {
    const greeting = await readGreeting({ host: url.hostname, port, isSecure })
    if (greeting.startsWith('220')) return { part: 'backend', ok: true, message: 'The mail server answers.' }
    return { part: 'backend', ok: false, message: 'What answers there is no mail server; check host and port.' }
  } catch (error) {
    const words = describeNetworkFailure(error) ?? 'check host, port and TLS'
    return { part: 'backend', ok: false, message: `The mail server cannot be reached: ${words}.` }
  }
}

interface MailServer {
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

function readGreeting({ host, port, isSecure }: MailServer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = isSecure ? connectSecurely({ host, port, servername: host }) : connect({ host, port })
    socket.setTimeout(PATIENCE, () => socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })))
    socket.once('error', reject)
    socket.once('close', () => resolve(''))
    socket.once('data', (data) => {
      resolve(data.toString('latin1'))
      socket.destroy()
    })
  })
}

const healthSchema = z.object({ status: z.string(), parts: z.record(z.string(), z.unknown()) })

async function checkServer(address: string): Promise<SettingsCheck> {
  const check = (ok: boolean, message: string): SettingsCheck => ({ part: 'server', ok, message })
  try {
    const url = new URL('health', readServerAddress(address))
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error' })
    const isOurs = healthSchema.safeParse(await answer.json().catch(() => undefined)).success
    if (!isOurs) return check(false, 'What answers there is no Flightline server; check the address.')
    return check(
      true,
      answer.ok ? 'The server answers.' : 'The server answers, but is not well; its operators see why at /health.',
    )
  } catch (error) {
    if (isFlightlineError(error)) return check(false, error.message)
    return check(false, `The server cannot be reached: ${describeNetworkFailure(error) ?? 'check the address'}.`)
  }
}
