import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { Icon } from './icon.tsx'
import { usePage, useStore } from './page-context.tsx'

/** Keeps a flight on the start page of this browser. */
export function FollowButton({ flight }: { readonly flight: PublicDeparture }) {
  const { followed, text, toggleFollowed } = usePage()
  const isFollowed = useStore(followed).includes(flight.id)
  return (
    <div className="follow">
      <button
        type="button"
        className="button"
        data-quiet={isFollowed || undefined}
        id="follow"
        onClick={() => toggleFollowed(flight.id)}
      >
        <Icon name="star" isFilled={isFollowed} />
        {text.say(isFollowed ? 'follow.remove' : 'follow.add')}
      </button>
      <p role="status" className="follow-words">
        {isFollowed ? text.say('follow.added') : ''}
      </p>
    </div>
  )
}
