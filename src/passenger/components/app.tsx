import { useEffect } from 'react'
import { isReplayed, operationalTime } from '../lib/operational-clock.ts'
import { Announcer } from './announcer.tsx'
import { ConnectionState } from './connection-state.tsx'
import { FlightView } from './flight-view.tsx'
import { LinkView } from './link-view.tsx'
import { usePage, useStore } from './page-context.tsx'
import { PageLinkTo } from './page-link-to.tsx'
import { StartView } from './start-view.tsx'

/** The frame around every view. */
export function App() {
  const { text } = usePage()
  return (
    <>
      <a className="skip" href="#content">
        {text.say('page.skip')}
      </a>
      <header className="bar">
        <PageLinkTo className="brand" label={text.say('page.home')}>
          Flightline
        </PageLinkTo>
        <ConnectionState />
        <ReplayLabel />
      </header>
      <main id="content" tabIndex={-1}>
        <View />
      </main>
      <footer className="foot">{text.say('page.footer')}</footer>
      <Announcer />
    </>
  )
}

function View() {
  const { link, text } = usePage()
  const asked = useStore(link)
  useEffect(() => {
    if (asked.view !== 'flight') document.title = `${text.say('page.title')} · Flightline`
  }, [asked, text])
  if (asked.view === 'flight') return <FlightView key={asked.id} id={asked.id} />
  return asked.view === 'start' ? <StartView /> : <LinkView kind={asked.view} />
}

/** Says so when the times on the page are not those outside the window. */
function ReplayLabel() {
  const { board, clock, now, text } = usePage()
  const [reading, at] = [useStore(clock), useStore(now)]
  const [flight] = useStore(board.flights).values()
  if (!isReplayed(reading, at)) return null
  const zone = flight?.originZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const time = text.clock(operationalTime(reading, at), zone)
  return <p id="replay">{text.say('page.replayed', { time, city: text.city(zone) })}</p>
}
