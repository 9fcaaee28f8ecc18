import type { Status } from '../../shared/domain/status.ts'
import icons from './icons.svg'

/** The pictures: one for each status, so that none is told by colour alone. They are a file, for drawings are no script. */
export type IconName = Status | 'cross' | 'search' | 'back' | 'star' | 'mail'

/** A picture; the words beside it say the same, so that screen readers leave it out. */
export function Icon({ name, isFilled }: { readonly name: IconName; readonly isFilled?: boolean }) {
  return (
    <svg className="icon" aria-hidden="true" data-filled={isFilled || undefined}>
      <use href={`${icons}#${name}`} />
    </svg>
  )
}
