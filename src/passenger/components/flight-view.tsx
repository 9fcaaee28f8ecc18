import { useEffect, useRef } from 'react'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flightNumber, routeNames } from '../lib/announcement.ts'
import { EmailSettings } from './email-settings.tsx'
import { FlightCard } from './flight-card.tsx'
import { FollowButton } from './follow-button.tsx'
import { HistoryList } from './history-list.tsx'
import { Icon } from './icon.tsx'
import { NoticeList } from './notice-list.tsx'
import { usePage, useStore } from './page-context.tsx'
import { PageLinkTo } from './page-link-to.tsx'

/** One flight with everything about it. */
export function FlightView({ id }: { readonly id: string }) {
  const { board, text } = usePage()
  const flight = useStore(board.flights).get(id)
  const absence = useStore(board.absences).get(id)
  const isMissing = absence === 'missing'
  return (
    <div id="flight" data-flight={id} data-revision={flight?.revision}>
      <PageLinkTo className="back">
        <Icon name="back" />
        {text.say('page.back')}
      </PageLinkTo>
      {flight ? (
        <Loaded flight={flight} />
      ) : (
        <div id="absent" role="status">
          <h1>{text.say(isMissing ? 'flight.missing' : absence ? 'flight.failed' : 'flight.loading')}</h1>
        </div>
      )}
    </div>
  )
}

function Loaded({ flight }: { readonly flight: PublicDeparture }) {
  return (
    <>
      <Heading flight={flight} />
      <NoticeList flight={flight} />
      <div className="columns">
        <div className="column">
          <FlightCard flight={flight} />
          <FollowButton flight={flight} />
          <EmailSettings flight={flight} />
        </div>
        <div className="column">
          <HistoryList flight={flight} />
        </div>
      </div>
    </>
  )
}

function Heading({ flight }: { readonly flight: PublicDeparture }) {
  const { places, text } = usePage()
  const { origin, destination } = routeNames(flight, useStore(places))
  const number = flightNumber(flight)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
    window.scrollTo(0, 0)
  }, [])
  useEffect(() => {
    document.title = `${number} ${origin} – ${destination} · Flightline`
  }, [number, origin, destination])
  return (
    <div className="heading">
      <h1 ref={heading} tabIndex={-1} aria-label={text.say('flight.heading', { flight: number, origin, destination })}>
        <span className="heading-number">{number}</span>
        <span className="heading-route">
          {origin} <span className="arrow">→</span> {destination}
        </span>
      </h1>
      <p className="heading-date">
        {text.shortDate(Date.parse(flight.scheduledAt), flight.originZone)}
        {flight.demo && <span className="demo">{text.say('flight.demo')}</span>}
      </p>
      {flight.codeshares.length > 0 && (
        <p className="heading-also">{text.say('flight.alsoSold', { numbers: flight.codeshares.join(', ') })}</p>
      )}
    </div>
  )
}
