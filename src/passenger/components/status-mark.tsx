import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { statusWords } from '../lib/status-words.ts'
import { Icon } from './icon.tsx'
import { usePage, useStore } from './page-context.tsx'

/** A status in a list: picture, colour and words. */
export function StatusMark({ flight }: { readonly flight: PublicDeparture }) {
  const { places, text } = usePage()
  const { headline } = statusWords(flight, text, useStore(places))
  return (
    <span className="mark" data-status={flight.status}>
      <Icon name={flight.status} />
      {headline}
    </span>
  )
}
