import { readFileSync } from 'node:fs'
import type { NativeImage } from 'electron'

/** The slice of `nativeImage` that is used. */
export interface ImageElectron {
  createFromPath(path: string): NativeImage
  createFromBuffer(bytes: Buffer, options: { readonly scaleFactor: number }): NativeImage
}

/** Our icons are 32 pixels wide, which Linux and Windows fit in; a Mac draws them as large as they say they are. */
const MAC_SCALE = 2

/** How the tray's icons are read: at 16 points on a Mac, whose menu bar is 24 high. */
export function trayImageReader(images: ImageElectron, platform: NodeJS.Platform): (path: string) => NativeImage {
  if (platform !== 'darwin') return (path) => images.createFromPath(path)
  return (path) => images.createFromBuffer(readFileSync(path), { scaleFactor: MAC_SCALE })
}
