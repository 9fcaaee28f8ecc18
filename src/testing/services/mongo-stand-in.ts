import { join } from 'node:path'
import { startChild } from './child-process.ts'
import { freePorts } from './free-port.ts'
import { installJavaProgram } from './java.ts'
import { type MongoService, pingMongo } from './mongo-service.ts'
import { createRestartable } from './restartable.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

const HEAP = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']
const LOGGING = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=off']

export interface MongoStandInOptions {
  /** `file`, the default, survives `restart()`; `memory` is for tests that never restart. */
  readonly storage?: 'file' | 'memory'
}

/** mongo-java-server with the launcher of the folder `mongo`: MongoDB's wire protocol without MongoDB. */
export async function startMongoStandIn({ storage = 'file' }: MongoStandInOptions = {}): Promise<MongoService> {
  const { java, classPath } = await installJavaProgram('mongo')
  const folder = await createTemporaryFolder('mongo')
  const [port = 0] = await freePorts(1)
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const file = storage === 'file' ? [join(folder.path, 'store.mv')] : []
  const args = [...HEAP, ...LOGGING, '-cp', classPath, 'StandIn', String(port), ...file]
  const logFile = join(folder.path, 'mongo.log')
  const service = await createRestartable(folder, () =>
    startChild({ label: 'The MongoDB stand-in', command: java, args, logFile, isReady: () => pingMongo(url) }),
  )
  return { ...service, url, standIn: true, label: `MongoDB stand-in (mongo-java-server 1.47.0, ${storage})` }
}
