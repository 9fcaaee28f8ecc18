import { FlightList } from './flight-list.tsx'
import { useOperationalNow, usePage, useStore } from './page-context.tsx'
import { SearchBox } from './search-box.tsx'

/** Where passengers begin: the search, what they follow, and a few flights to begin with. */
export function StartView() {
  const { board, boarding, followed, search, text } = usePage()
  const followedIds = useStore(followed)
  const [flight] = useStore(board.flights).values()
  const boardingIds = useStore(boarding)
  const isSearching = useStore(search.state).phase !== 'idle'
  const now = useOperationalNow()
  return (
    <>
      <div className="hero">
        <p className="today">{text.date(now, flight?.originZone)}</p>
        <h1>{text.say('search.heading')}</h1>
        <SearchBox />
      </div>
      {!isSearching && (
        <>
          <FlightList heading={text.say('followed.heading')} flightIds={followedIds} id="followed" />
          {followedIds.length === 0 && <p className="hint">{text.say('followed.empty')}</p>}
          <FlightList heading={text.say('boarding.heading')} flightIds={boardingIds} id="boarding" />
        </>
      )}
    </>
  )
}
