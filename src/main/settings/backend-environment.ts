import type { BackendSettings, DesktopSettings } from './desktop-settings.ts'

type Environment = Readonly<Record<string, string>>

/**
 * The variables that the bundled backend is run with, by the names of the contract.
 * @param folder - where the embedded file lies, shared with this process, and the backend's key
 * @returns `undefined` when this desktop runs none
 */
export function backendEnvironment(settings: DesktopSettings | undefined, folder: string): Environment | undefined {
  if (!settings || settings.mode === 'served' || !settings.backend.run) return undefined
  const common = { FLIGHTLINE_DATA: folder, ...listening(settings.backend) }
  if (settings.mode === 'direct') return { ...common, ...connected(settings) }
  return { ...common, ...(settings.demo ? {} : { FLIGHTLINE_DAY: 'none' }) }
}

function listening({ port, isOpen, publicUrl, adminPassword, smtp }: BackendSettings): Environment {
  return {
    PORT: String(port),
    HOST: isOpen ? '0.0.0.0' : '127.0.0.1',
    ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }),
    ...(adminPassword !== undefined && { FLIGHTLINE_ADMIN_PASSWORD: adminPassword }),
    ...(smtp && { SMTP_URL: smtp.url, MAIL_FROM: smtp.from }),
  }
}

function connected({ connection }: Extract<DesktopSettings, { mode: 'direct' }>): Environment {
  const { mongoUrl, kafka } = connection
  return {
    MONGODB_URL: mongoUrl,
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_SSL: String(kafka.ssl),
    ...(kafka.sasl && {
      KAFKA_SASL_MECHANISM: kafka.sasl.mechanism,
      KAFKA_SASL_USERNAME: kafka.sasl.username,
      KAFKA_SASL_PASSWORD: kafka.sasl.password,
    }),
  }
}
