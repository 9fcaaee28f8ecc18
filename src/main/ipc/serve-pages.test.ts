import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { IpcMain } from 'electron'
import { expect, test } from 'vitest'
import { CONNECT } from '../../shared/api/connect.ts'
import type { Contract } from '../../shared/api/contract.ts'
import type { DesktopContract } from '../../shared/api/desktop-contract.ts'
import { PULSE } from '../../shared/desk/watch.ts'
import { openDeskBench, PASSWORD } from '../../testing/fixtures/desk-bench.ts'
import { desktopBench } from '../../testing/fixtures/desktop-parts.ts'
import { directHost } from '../../testing/fixtures/desktop-sides.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { createDesktopRouter } from './desktop-router.ts'
import { servePages } from './serve-pages.ts'

type PageClient = ContractRouterClient<Contract & { desktop: DesktopContract }>

const CONSOLE = 'app://console/index.html'

/** A desktop with its one registration; `open` is what the preload script of a page does. */
async function openDesktop() {
  const bench = await openDeskBench()
  const folder = await temporaryFolder('pages')
  const host = directHost(bench, { folder: folder.path })
  await host.use({ mode: 'embedded' })
  const ipcMain = new EventEmitter()
  const closing = new EventEmitter()
  const released: number[] = []
  const logger = recordingLog()
  const desktop = desktopBench()
  servePages({
    ipcMain: ipcMain as unknown as IpcMain, // only `on` is used
    ...{ desk: host.router, desktop: createDesktopRouter(desktop.parts), logger },
    windows: {
      has: () => true,
      onClosed(listener) {
        closing.on('closed', listener)
        return () => closing.off('closed', listener)
      },
    },
    commands: { released: (page) => void released.push(page) },
  })
  const open = (page: number, url = CONSOLE) => {
    const { port1, port2 } = new MessageChannel()
    const frame = { url }
    ipcMain.emit(CONNECT, { ports: [withData(port2)], senderFrame: frame, sender: { id: page, mainFrame: frame } })
    port1.start()
    const client: PageClient = createORPCClient(new RPCLink({ port: port1 }))
    return { client, port: port1 }
  }
  return {
    ...{ bench, desktop, open, released, logger },
    closeWindow: (page: number) => closing.emit('closed', page),
    async [Symbol.asyncDispose]() {
      await host.close()
      await bench[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Electron's port is an emitter whose events carry `data`. */
function withData(port: MessagePort): EventEmitter {
  const emitter = Object.assign(new EventEmitter(), {
    start: () => port.start(),
    close: () => port.close(),
    postMessage: (message: unknown) => port.postMessage(message),
  })
  port.on('message', (data: unknown) => emitter.emit('message', { data }))
  port.on('close', () => emitter.emit('close'))
  return emitter
}

test('a page finds both contracts on its port, and main knows which page asks', async () => {
  await using given = await openDesktop()
  const { client } = given.open(7)
  await client.session.signIn({ name: 'gwen', password: PASSWORD })
  expect((await client.departures.list()).departures).toHaveLength(2)
  await client.desktop.windows.become({ station: 'JFK', isWall: true })
  expect(given.desktop.done).toEqual([['become', 7, { station: 'JFK', isWall: true }]])
})

test('all windows of a desktop share one sign-in', async () => {
  await using given = await openDesktop()
  const [one, other] = [given.open(1).client, given.open(2).client]
  await one.session.signIn({ name: 'gwen', password: PASSWORD })
  expect(await other.session.current()).toMatchObject({ name: 'gwen' })
  await other.session.signOut()
  expect(await one.session.current()).toBeNull()
})

test('a port that is closed ends its watch', async () => {
  await using given = await openDesktop()
  const { client, port } = given.open(1)
  await client.session.signIn({ name: 'gwen', password: PASSWORD })
  const watch = await client.departures.watch()
  await watch.next()
  expect(given.bench.parts.timer.waiting(PULSE)).toBe(1)
  port.close()
  await eventually(() => given.bench.parts.timer.waiting(PULSE) === 0)
})

test('a window that is closed ends its watch, and its commands may be claimed', async () => {
  await using given = await openDesktop()
  const [closed, other] = [given.open(1).client, given.open(2).client]
  await closed.session.signIn({ name: 'gwen', password: PASSWORD })
  for (const client of [closed, other]) await (await client.departures.watch()).next()
  expect(given.bench.parts.timer.waiting(PULSE)).toBe(2)
  given.closeWindow(1)
  await eventually(() => given.bench.parts.timer.waiting(PULSE) === 1)
  expect(given.released).toEqual([1])
})

test.each(['https://example.com/', 'app://console.evil/', 'file:///etc/passwd'])(
  'a port from %s is closed, and told',
  async (url) => {
    await using given = await openDesktop()
    const { port } = given.open(1, url)
    await new Promise((resolve) => port.once('close', resolve))
    expect(given.logger.lines).toMatchObject([{ level: 'warn', fields: { from: url } }])
  },
)
