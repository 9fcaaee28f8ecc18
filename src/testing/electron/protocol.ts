import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

/** The handlers that the program gave, by scheme. */
export const schemeHandlers = new Map<string, Handler>()

const privileged = new Set<string>()

/** `electron.protocol`. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  handle(scheme: string, handler: Handler): void {
    if (!privileged.has(scheme)) throw new Error(`not emulated: the scheme ${scheme} without privileges`)
    if (schemeHandlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`)
    schemeHandlers.set(scheme, handler)
  },
  unhandle: (scheme: string) => schemeHandlers.delete(scheme),
  isProtocolHandled: (scheme: string) => schemeHandlers.has(scheme),
})
