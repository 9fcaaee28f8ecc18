import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, expect, test } from 'vitest'
import { desktopContract } from '../../shared/api/desktop-contract.ts'
import type { KeptCommand, WindowPurpose } from '../../shared/api/desktop-schemas.ts'
import { createDesktopKeeper } from './desktop-keeper.ts'
import { openDesktopPort } from './desktop-port.ts'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** Main's side of the desktop's contract. */
function createMain() {
  const kept = new Map<string, KeptCommand>()
  let purpose: WindowPurpose = { station: 'JFK', isWall: false }
  const { commands, windows } = implement(desktopContract)
  const desktop = {
    windows: {
      purpose: windows.purpose.handler(() => purpose),
      become: windows.become.handler(({ input }) => {
        purpose = input
      }),
    },
    commands: {
      keep: commands.keep.handler(({ input }) => void kept.set(input.commandId, input)),
      forget: commands.forget.handler(({ input }) => void kept.delete(input.commandId)),
      claim: commands.claim.handler(({ input }) => [...kept.values()].filter(({ owner }) => owner === input.owner)),
    },
  }
  return (port: MessagePort) => {
    new RPCHandler({ desktop }).upgrade(port)
    port.start()
    ports.push(port)
  }
}

test('all calls go over one port', async () => {
  const { desktop } = openDesktopPort(createMain())
  expect(await desktop.windows.purpose()).toEqual({ station: 'JFK', isWall: false })
  await desktop.windows.become({ station: 'EWR', isWall: true })
  expect(await desktop.windows.purpose()).toEqual({ station: 'EWR', isWall: true })
  expect(ports).toHaveLength(1)
})

test('a port that is closed is replaced at the next call, by the same client', async () => {
  const { desktop } = openDesktopPort(createMain())
  await desktop.windows.purpose()
  ports[0]?.close()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await desktop.windows.purpose()).toEqual({ station: 'JFK', isWall: false })
  expect(ports).toHaveLength(2)
})

test('its keeper keeps, gives back to the owner alone, and forgets', async () => {
  const keeper = createDesktopKeeper(openDesktopPort(createMain()).desktop)
  const command = { commandId: '00000000-0000-4000-8000-000000000001', owner: 'gate', text: '{}' }
  await keeper.keep(command)
  expect(await keeper.claim('ops')).toEqual([])
  expect(await keeper.claim('gate')).toEqual([command])
  await keeper.forget(command.commandId)
  expect(await keeper.claim('gate')).toEqual([])
})
