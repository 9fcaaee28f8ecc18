import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { expect, test } from 'vitest'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { endWithSystem } from './end-with-system.ts'

/** Begins to listen to the system as Electron 45 does on Linux: what the first listener is for is not seen. */
class ElectronsMonitor extends EventEmitter {
  isListening = false

  constructor() {
    super()
    this.once('newListener', () => {
      this.isListening = this.listenerCount('shutdown') > 0
      this.on('newListener', (name) => {
        if (name === 'shutdown') this.isListening = true
      })
    })
  }

  shutDown(): void {
    if (this.isListening) this.emit('shutdown')
  }
}

function openBench() {
  const monitor = new ElectronsMonitor()
  const given: unknown = monitor
  const powerMonitor = given as PowerMonitor // as much of it as is used
  const process = new EventEmitter()
  const host: unknown = process
  const bench = { monitor, process, quits: 0 }
  endWithSystem({
    powerMonitor,
    process: host as NodeJS.Process, // its events
    quitting: { now: () => (bench.quits += 1) },
    logger: silentLog(),
  })
  return bench
}

test('a shutdown of the system is heard and quits without a question', () => {
  const bench = openBench()
  bench.monitor.shutDown()
  expect(bench.quits).toBe(1)
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s quits without a question, and is survived a second time', (signal) => {
  const bench = openBench()
  bench.process.emit(signal)
  bench.process.emit(signal)
  expect(bench.quits).toBe(2)
})
