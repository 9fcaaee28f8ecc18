import type { Socket } from 'node:net'
import { openRawFollower } from './raw-follower.ts'
import { createTally } from './tally.ts'

// The process of the followers: started by `openFleet` with the address and the count, asked by messages.
const OPENING_AT_ONCE = 50

const [address = '', count = '0'] = process.argv.slice(2)
const url = new URL(address)
const tally = createTally(Date.now)
const sockets: Socket[] = []
while (sockets.length < Number(count)) {
  const size = Math.min(OPENING_AT_ONCE, Number(count) - sockets.length)
  sockets.push(...(await Promise.all(Array.from({ length: size }, () => openRawFollower(url, tally.note)))))
}
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ ...tally.read(), cpu: (user + system) / 1e6 })
})
process.once('disconnect', () => process.exit(0))
process.send?.('open')
