/** Name of the isolated world in which the preload script runs. */
export const WORLD = 'electron-preload'

/** Name of the binding that leads out of it, and of the function that leads in. */
export const OUT = '__standInOut'
export const IN = '__standInIn'

/** The preload script as source for that world: CommonJS around it, and as much of `electron` as a page's port needs. */
export function preloadWorld(script: string): string {
  return `(() => {
    if (window !== window.top) return
    const out = (message) => globalThis.${OUT}(JSON.stringify(message))
    const ports = new Map()
    let last = 0
    const pack = (data) => {
      if (data instanceof Uint8Array || data instanceof ArrayBuffer) {
        const bytes = new Uint8Array(data.buffer ?? data)
        return { bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
      }
      return { json: data === undefined ? null : data }
    }
    const unpack = ({ bytes, json }) =>
      bytes === undefined ? json : Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
    const take = (port) => {
      const id = ++last
      ports.set(id, port)
      port.onmessage = ({ data }) => out({ kind: 'data', port: id, data: pack(data) })
      port.addEventListener('close', () => { if (ports.delete(id)) out({ kind: 'close', port: id }) })
      return id
    }
    globalThis.${IN} = (messages) => {
      for (const { kind, port, data } of messages) {
        if (kind === 'data') ports.get(port)?.postMessage(unpack(data))
        else { ports.get(port)?.close(); ports.delete(port) }
      }
    }
    const refuse = (name) => new Proxy({}, { get: (_, key) => { throw new Error('not emulated: ' + name + '.' + String(key)) } })
    const electron = {
      ipcRenderer: new Proxy(
        { postMessage: (channel, data, transfer = []) => out({ kind: 'post', channel, data: pack(data), ports: transfer.map(take) }) },
        { get: (target, key) => target[key] ?? refuse('ipcRenderer')[key] },
      ),
      contextBridge: refuse('contextBridge'),
      webFrame: refuse('webFrame'),
    }
    const require = (name) => {
      if (name !== 'electron') throw new Error('a sandboxed preload script cannot require ' + name)
      return electron
    }
    new MutationObserver(() => out({ kind: 'title', title: document.title })).observe(document, { subtree: true, childList: true, characterData: true })
    const module = { exports: {} }
    ;(function (require, module, exports) { ${script}
    })(require, module, module.exports)
  })()`
}
