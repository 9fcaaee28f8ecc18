import type { App } from 'electron'
import { lockNavigation } from './navigation.ts'
import { denyNewWindows } from './new-windows.ts'
import { denyWebviews } from './webviews.ts'

/** Holds every page to the rules, however it came to be: a window that somebody adds tomorrow cannot forget them. */
export function guardEveryPage(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    lockNavigation(contents)
    denyNewWindows(contents)
    denyWebviews(contents)
  })
}
