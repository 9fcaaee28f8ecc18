import { toApp } from './addresses.ts'
import { browser, type Target } from './browser.ts'
import type { Fields } from './devtools.ts'
import { createPageLine, type PageLine, type PageListener } from './page-line.ts'
import { OUT, preloadWorld, WORLD } from './preload-world.ts'
import { answerRequest } from './request.ts'
import { mayLoad } from './session.ts'

/** What happens in a page. */
export interface PageEvents extends PageListener {
  /** Whether a navigation that the page itself began may go on. */
  mayNavigate(url: string, isMainFrame: boolean): boolean
  navigated(url: string): void
  loaded(): void
  drawn(): void
  crashed(): void
}

/** One page of Chromium under main's control. */
export interface PageSession {
  readonly target: Target
  call(method: string, params?: Fields): Promise<Fields>
  /** Goes where main wants; the page's own navigations are asked about. */
  load(url: string): Promise<void>
}

interface State {
  readonly call: PageSession['call']
  readonly events: PageEvents
  line: PageLine | undefined
  context: number | undefined
  mainFrame: string | undefined
  /** Main ordered the next navigation. */
  isOrdered: boolean
}

/** Sets a fresh page up before anything runs in it. */
export async function openPageSession(
  target: Target,
  options: { readonly preload: string; readonly events: PageEvents },
): Promise<PageSession> {
  const { devTools } = browser()
  const call: PageSession['call'] = (method, params) => devTools.send(method, params, target.session)
  const state: State = {
    ...{ call, events: options.events },
    ...{ line: undefined, context: undefined, mainFrame: undefined, isOrdered: false },
  }
  devTools.listen((method, params) => handlers[method]?.(state, params), target.session)
  await Promise.all([
    call('Page.enable'),
    call('Runtime.enable'),
    call('Inspector.enable'),
    call('Page.setLifecycleEventsEnabled', { enabled: true }),
    call('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    call('Emulation.setFocusEmulationEnabled', { enabled: true }),
    call('Runtime.addBinding', { name: OUT, executionContextName: WORLD }),
    call('Page.addScriptToEvaluateOnNewDocument', { source: preloadWorld(options.preload), worldName: WORLD }),
    call('Runtime.runIfWaitingForDebugger'),
  ])
  return {
    target,
    call,
    async load(url) {
      state.isOrdered = true
      const { errorText } = await call('Page.navigate', { url })
      if (typeof errorText === 'string') throw new Error(`${errorText} loading '${toApp(url)}'`)
    },
  }
}

type Handler = (state: State, params: Fields) => void

const handlers: Readonly<Record<string, Handler | undefined>> = {
  'Runtime.executionContextCreated': (state, { context }) => {
    // Reason for the cast: the protocol's own shape of this event.
    const { id, name } = context as { readonly id: number; readonly name: string }
    if (name !== WORLD || state.context !== undefined) return
    state.context = id
    state.line = createPageLine(state.call, id, state.events)
  },
  'Runtime.executionContextDestroyed': (state, { executionContextId }) => {
    if (executionContextId === state.context) endDocument(state)
  },
  'Runtime.executionContextsCleared': endDocument,
  'Runtime.bindingCalled': (state, { name, payload, executionContextId }) => {
    if (name === OUT && executionContextId === state.context) state.line?.hear(String(payload))
  },
  'Inspector.targetCrashed': (state) => {
    endDocument(state)
    state.events.crashed()
  },
  'Page.frameNavigated': (state, { frame }) => {
    // Reason for the cast: the protocol's own shape of this event.
    const { id, url, parentId } = frame as { readonly id: string; readonly url: string; readonly parentId?: string }
    if (parentId !== undefined) return
    state.mainFrame = id
    state.events.navigated(url)
  },
  'Page.loadEventFired': (state) => state.events.loaded(),
  'Page.lifecycleEvent': (state, { name }) => {
    if (name === 'firstPaint' || name === 'load') state.events.drawn()
  },
  'Fetch.requestPaused': (state, params) => void answer(state, params),
}

function endDocument(state: State): void {
  state.line?.end()
  state.line = undefined
  state.context = undefined
}

interface Paused {
  readonly requestId: string
  readonly frameId: string
  readonly resourceType: string
  readonly request: { readonly url: string; readonly method: string; readonly headers: Record<string, string> }
}

async function answer(state: State, params: Fields): Promise<void> {
  // Reason for the cast: the protocol's own shape of this event.
  const paused = params as unknown as Paused
  const { requestId, request, resourceType, frameId } = paused
  if (resourceType === 'Document' && !mayGo(state, request.url, frameId)) {
    return fail(state, requestId, 'Aborted')
  }
  const reply = (await mayLoad(toApp(request.url))) ? await answerRequest(request) : undefined
  if (!reply) return fail(state, requestId, 'AddressUnreachable')
  await state.call('Fetch.fulfillRequest', { requestId, ...reply }).catch(ignoreGone)
}

function mayGo(state: State, url: string, frame: string): boolean {
  const isMainFrame = state.mainFrame === undefined || frame === state.mainFrame
  if (isMainFrame && state.isOrdered) {
    state.isOrdered = false
    return true
  }
  return state.events.mayNavigate(toApp(url), isMainFrame)
}

async function fail({ call }: State, requestId: string, errorReason: string): Promise<void> {
  await call('Fetch.failRequest', { requestId, errorReason }).catch(ignoreGone)
}

/** A page that closed meanwhile needs no answer. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof Error)) throw error
}
