import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { readFollow, readTicks } from './read-ticks.ts'

// Socket.IO 4 as its page on performance tuning has it: WebSocket only, no compression, the first request let go.
const [audience = '', port = ''] = process.argv.slice(2)
const http = createServer()
const server = new Server(http, {
  transports: ['websocket'],
  allowUpgrades: false,
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
})
server.engine.on('connection', (raw: { request: unknown }) => {
  raw.request = null
})
server.on('connection', (socket) => {
  socket.on('follow', (ids: readonly string[]) => {
    const flights = readFollow(ids)
    void socket.join(flights.length === 0 ? 'all' : [...flights])
    socket.emit('ok')
  })
})
http.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () => console.log('listening'))
readTicks((messages) => {
  for (const { flight, text } of messages) server.to(audience === 'all' ? 'all' : flight).emit('m', JSON.parse(text))
})
