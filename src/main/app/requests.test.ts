import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { App } from 'electron'
import { expect, test } from 'vitest'
import { collectRequests, type SystemRequest } from './requests.ts'

const LINK = 'flightline://flight/B6739-2026-11-20-JFK'

function openApp() {
  const events = new EventEmitter()
  const prevented: string[] = []
  const given: unknown = events
  const app = given as Pick<App, 'on'> // its events
  const openUrl = (url: string) => events.emit('open-url', { preventDefault: () => prevented.push(url) }, url)
  return { app, events, prevented, openUrl }
}

test('a link that starts the program, and a second start meanwhile, wait until they can be answered, in order', () => {
  const { app, events, prevented, openUrl } = openApp()
  const requests = collectRequests(app)
  openUrl(LINK)
  events.emit('second-instance', {}, ['flightline', LINK])
  const answered: SystemRequest[] = []
  requests.follow((request) => answered.push(request))
  expect(answered).toEqual([
    { argv: [LINK], wantsWindow: false },
    { argv: ['flightline', LINK], wantsWindow: true },
  ])
  events.emit('activate', {}, false)
  expect(answered.at(-1)).toEqual({ argv: [], wantsWindow: true })
  expect(prevented).toEqual([LINK])
})

test('the program listens before it waits for Electron', () => {
  const entry = readFileSync('src/main/index.ts', 'utf8')
  expect(entry.indexOf('collectRequests(app)')).toBeGreaterThan(-1)
  expect(entry.indexOf('collectRequests(app)')).toBeLessThan(entry.indexOf('app.whenReady()'))
})
