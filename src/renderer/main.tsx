import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.css'
import './styles/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { chooseHost } from './api/choose-host.ts'
import { ErrorBoundary } from './app/error-boundary.tsx'
import { Providers } from './app/providers.tsx'
import { Shell } from './app/shell.tsx'
import { Announcements } from './components/announcements.tsx'
import { createSteadyClock } from './lib/steady-clock.ts'
import { createConsole } from './stores/console.ts'

// The content security policy forbids generated code; without this, zod tries and a violation is reported.
z.config({ jitless: true })

const console = createConsole({
  ...chooseHost(window),
  memory: localStorage,
  now: createSteadyClock({ monotonic: () => performance.now(), wall: Date.now }),
  random: Math.random,
  createId: () => crypto.randomUUID(),
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element "root"')

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <Providers console={console}>
        <Shell />
        <Announcements />
      </Providers>
    </ErrorBoundary>
  </StrictMode>,
)
