import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findPackageRoot } from '../../node/config/package-root.ts'

const root = findPackageRoot()
const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
const example = readFileSync(join(root, 'deploy', 'compose.env.example'), 'utf8')

describe('docker-compose.yml', () => {
  test('Kafka keeps its data where the volume is mounted', () => {
    const [, folder] = /KAFKA_LOG_DIRS: (\S+)/.exec(compose) ?? []
    const mounts = [...compose.matchAll(/kafka-\d:(\/\S+?)\]/g)].map(([, path]) => path)
    expect(folder).toBe('/var/lib/kafka/data')
    expect(mounts).toEqual([folder, folder, folder])
  })

  test('no secret has a default: each is demanded, and named in the example without a value', () => {
    const secrets = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|KEY|CLUSTER_ID))\b([^}]*)\}/g)]
    expect(secrets.length).toBeGreaterThan(5)
    for (const [, name, rest = ''] of secrets) {
      expect([name, rest.startsWith(':?')]).toEqual([name, true])
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'))
    }
  })

  test('the backend has longer to stop than it takes to drain', () => {
    const [, seconds] = /stop_grace_period: (\d+)s/.exec(compose) ?? []
    expect(Number(seconds)).toBeGreaterThan(20)
  })
})
