import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { startChild } from './child-process.ts'
import { freePorts } from './free-port.ts'
import { type MongoService, mongoVersion } from './mongo-service.ts'
import { createRestartable } from './restartable.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

/** A real `mongod` as a replica set of one, which change streams need. */
export async function startMongod(mongod: string): Promise<MongoService> {
  const folder = await createTemporaryFolder('mongo')
  const [port = 0] = await freePorts(1)
  const data = join(folder.path, 'data')
  await mkdir(data)
  const logFile = join(folder.path, 'mongo.log')
  const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', 'rs0']
  const service = await createRestartable(folder, () =>
    startChild({ label: 'mongod', command: mongod, args, logFile, isReady: () => isPrimary(port) }),
  )
  const url = `mongodb://127.0.0.1:${port}/?replicaSet=rs0`
  return { ...service, url, standIn: false, label: await mongoVersion(url) }
}

async function isPrimary(port: number): Promise<boolean> {
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`
  await using client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 })
  const admin = client.db('admin')
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }]
  // A second call meets an initiated set and is refused, which is as good.
  await admin.command({ replSetInitiate: { _id: 'rs0', members } }).catch(() => undefined)
  const hello = await admin.command({ hello: 1 })
  return hello.isWritablePrimary === true
}
