import { EventEmitter } from 'node:events'

// Runs in the child before its program: Electron's `process.parentPort` over Node's own channel.
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.(message),
  start: () => undefined,
})
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }))
process.once('disconnect', () => process.exit(1))
Object.assign(process, { parentPort, type: 'utility' })
