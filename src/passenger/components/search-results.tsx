import { useEffect, useRef } from 'react'
import type { SearchState } from '../page/search.ts'
import { FlightSummary } from './flight-summary.tsx'
import { usePage, useStore } from './page-context.tsx'

/** What was found, as the list of the field above: the keyboard stays in the field. */
export function SearchResults({ state }: { readonly state: SearchState }) {
  const { board, open, text } = usePage()
  const flights = useStore(board.flights)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[state.active]?.scrollIntoView({ block: 'nearest' })
  }, [state.active])
  return (
    <div
      ref={list}
      id="results"
      role="listbox"
      aria-label={text.say('search.results')}
      hidden={state.flightIds.length === 0}
    >
      {state.flightIds.map((id, index) => {
        const flight = flights.get(id)
        return (
          <div
            key={id}
            id={`result-${index}`}
            role="option"
            aria-selected={index === state.active}
            tabIndex={-1}
            className="row"
            data-flight={id}
            onClick={() => open(id)}
            onKeyDown={({ key }) => key === 'Enter' && open(id)}
          >
            {flight && <FlightSummary flight={flight} />}
          </div>
        )
      })}
    </div>
  )
}
