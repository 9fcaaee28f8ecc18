import type { KeyboardEvent } from 'react'
import type { Text } from '../lib/text.ts'
import type { SearchState } from '../page/search.ts'
import { Icon } from './icon.tsx'
import { usePage, useStore } from './page-context.tsx'
import { SearchResults } from './search-results.tsx'

/** One field for everything; the results follow below it as one types. */
export function SearchBox() {
  const { search, text } = usePage()
  const state = useStore(search.state)
  const isOpen = state.flightIds.length > 0
  const handleKey = useKeys()
  return (
    <search className="search">
      <label htmlFor="search">{text.say('search.label')}</label>
      <div className="field">
        <Icon name="search" />
        <input
          id="search"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={60}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls="results"
          aria-autocomplete="list"
          aria-describedby="search-message"
          aria-activedescendant={state.active < 0 ? undefined : `result-${state.active}`}
          value={state.text}
          onChange={(event) => search.type(event.target.value)}
          onKeyDown={handleKey}
        />
        {state.text && (
          <button className="clear" type="button" aria-label={text.say('search.clear')} onClick={() => search.type('')}>
            <Icon name="cross" />
          </button>
        )}
      </div>
      <p id="search-message" role="status">
        {messageOf(state, text)}
      </p>
      <SearchResults state={state} />
    </search>
  )
}

function useKeys() {
  const { open, search } = usePage()
  return (event: KeyboardEvent) => {
    // A word that is still being composed takes these keys for itself.
    if (event.nativeEvent.isComposing || !pressed(event.key)) return
    event.preventDefault()
  }

  /** @returns whether the key was meant for the list */
  function pressed(key: string): boolean {
    const chosen = key === 'Enter' ? search.chosen() : undefined
    if (chosen) open(chosen)
    if (key === 'ArrowDown') search.move(1)
    if (key === 'ArrowUp') search.move(-1)
    if (key === 'Escape') search.type('')
    return chosen !== undefined || key === 'ArrowDown' || key === 'ArrowUp' || key === 'Escape'
  }
}

function messageOf({ phase, flightIds, text: query }: SearchState, text: Text): string {
  if (phase === 'idle') return text.say('search.example')
  if (phase === 'failed') return text.say('search.failed')
  if (phase === 'loading') return text.say('search.loading')
  if (flightIds.length === 0) return text.say('search.none', { query: query.trim() })
  return flightIds.length === 1 ? text.say('search.countOne') : text.say('search.count', { count: flightIds.length })
}
