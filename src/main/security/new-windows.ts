import type { WebContents } from 'electron'

/** Pages open no windows; main opens its own (Electron security list, 14). */
export function denyNewWindows(contents: Pick<WebContents, 'setWindowOpenHandler'>): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
