import { startKafka } from './kafka.ts'
import { startMongo } from './mongo.ts'

/** Starts Kafka and MongoDB for work by hand and keeps them until Ctrl-C. */
async function main(): Promise<void> {
  const [kafka, mongo] = await Promise.all([startKafka(), startMongo()])
  console.log(`Kafka    ${kafka.brokers.join(',')}   (${kafka.label})`)
  console.log(`MongoDB  ${mongo.url}   (${mongo.label})`)
  console.log('Ctrl-C ends both.')
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await Promise.all([kafka.stop(), mongo.stop()])
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
