import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createFlightsApi } from './api/flights-api.ts'
import { createPoller } from './api/poller.ts'
import { App } from './components/app.tsx'
import { PageContext } from './components/page-context.tsx'
import { createText } from './lib/text.ts'
import { openWebSocket } from './live/web-socket.ts'
import { browserTimer } from './page/browser-timer.ts'
import { createPage } from './page/create-page.ts'
import { chooseLocale, loadWords } from './words/languages.ts'

const locale = chooseLocale(navigator.languages)
const words = await loadWords(locale, (url) => fetch(url))
document.documentElement.lang = locale

const ask = (url: string, init?: RequestInit) => fetch(url, init)
const api = createFlightsApi(ask)
const page = createPage({
  api,
  poller: createPoller(ask, api.notices),
  text: createText(words, locale),
  openSocket: (handlers) => openWebSocket(location.href, handlers),
  timer: browserTimer,
  now: Date.now,
  random: Math.random,
  // Asked for only when used: a browser that bars storage throws at the very name of it.
  storage: {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => localStorage.setItem(key, value),
  },
  address: location.search,
  navigate: (href) => history.pushState(null, '', href),
})

addEventListener('popstate', () => page.navigated(location.search))
addEventListener('online', page.wake)
addEventListener('pageshow', page.wake)
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && page.wake())

const root = document.getElementById('root')
if (!root) throw new Error('no root')
createRoot(root).render(
  <StrictMode>
    <PageContext value={page}>
      <App />
    </PageContext>
  </StrictMode>,
)
