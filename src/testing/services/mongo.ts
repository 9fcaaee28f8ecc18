import { findOnPath } from './command.ts'
import { type MongoService, mongoVersion, pingMongo } from './mongo-service.ts'
import { startMongoStandIn } from './mongo-stand-in.ts'
import { startMongod } from './mongod.ts'
import { ServiceUnavailable } from './service-unavailable.ts'

/** The server `MONGODB_URL` names, else a `mongod` of this machine, else the stand-in. */
export async function startMongo(): Promise<MongoService> {
  const url = process.env.MONGODB_URL
  if (url !== undefined && url !== '') return await connectRunning(url)
  const mongod = findOnPath('mongod')
  return mongod === undefined ? await startMongoStandIn() : await startMongod(mongod)
}

/** Somebody else's server: it is never stopped, and asking to kill it is an error. */
async function connectRunning(url: string): Promise<MongoService> {
  if (!(await pingMongo(url).catch(() => false))) {
    throw new ServiceUnavailable('the server named by MONGODB_URL does not answer', 'start it, or unset MONGODB_URL')
  }
  const refuse = async () => {
    throw new ServiceUnavailable('the server of MONGODB_URL cannot be killed', 'unset MONGODB_URL for this test')
  }
  const leave = async () => undefined
  const label = await mongoVersion(url)
  return {
    url,
    standIn: false,
    label,
    pid: () => 0,
    stop: leave,
    end: refuse,
    kill: refuse,
    restart: refuse,
    [Symbol.asyncDispose]: leave,
  }
}
