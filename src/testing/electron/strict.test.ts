import { expect, test } from 'vitest'
import { toApp, toPage } from './addresses.ts'
import { MessagePortMain } from './message-port.ts'
import { strict, strictClass } from './strict.ts'

test('what is there can be used, what is missing is refused by name', () => {
  const shell = strict('shell', { beep: () => 'beep' })
  expect(shell.beep()).toBe('beep')
  expect(() => Reflect.get(shell, 'trashItem')).toThrow('not emulated: shell.trashItem')
})

test('an object has one guard, however often it is asked for', () => {
  const object = {}
  expect(strict('x', object)).toBe(strict('x', object))
})

test('instances of a guarded class are guarded, and remain instances', () => {
  class Tray {
    readonly isThere = true
  }
  const Guarded = strictClass('Tray', Tray)
  const tray = new Guarded()
  expect(tray).toBeInstanceOf(Tray)
  expect(tray.isThere).toBe(true)
  expect(() => Reflect.get(tray, 'popUpContextMenu')).toThrow('not emulated: Tray.popUpContextMenu')
})

test("a port of main's keeps messages until it is started, and says nothing once closed", () => {
  const sent: unknown[] = []
  const port = MessagePortMain.over({ send: (data) => sent.push(data), close: () => sent.push('close') })
  const heard: unknown[] = []
  port.on('message', ({ data }) => heard.push(data))
  port.receive('early')
  expect(heard).toEqual([])
  port.start()
  port.receive('late')
  expect(heard).toEqual(['early', 'late'])
  port.postMessage('out')
  port.close()
  port.postMessage('after')
  port.receive('after')
  expect(sent).toEqual(['out', 'close'])
  expect(heard).toEqual(['early', 'late'])
})

test("the program's addresses and the page's are each other's image", () => {
  expect(toPage('app://console/a?b#c')).toBe('https://console.app.stand-in/a?b#c')
  expect(toApp('https://console.app.stand-in/a?b#c')).toBe('app://console/a?b#c')
  expect(toApp('https://example.com/')).toBe('https://example.com/')
  expect(toPage('file:///etc/passwd')).toBe('file:///etc/passwd')
})
