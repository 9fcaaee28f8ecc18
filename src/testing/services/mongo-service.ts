import { MongoClient } from 'mongodb'
import type { Restartable } from './restartable.ts'

export interface MongoService extends Restartable {
  readonly url: string
  /** True when it is not a real MongoDB: what that means is in this folder's README. */
  readonly standIn: boolean
  /** What runs, for labels of measurements. */
  readonly label: string
}

/** Throws while nobody answers at the address. */
export async function pingMongo(url: string): Promise<boolean> {
  await using client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 })
  await client.db('admin').command({ ping: 1 })
  return true
}

export async function mongoVersion(url: string): Promise<string> {
  await using client = new MongoClient(url, { serverSelectionTimeoutMS: 30_000 })
  const info = await client.db('admin').command({ buildInfo: 1 })
  return `MongoDB ${String(info.version)}`
}
