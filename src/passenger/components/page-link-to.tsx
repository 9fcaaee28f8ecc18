import type { MouseEvent, ReactNode } from 'react'
import { flightHref } from '../lib/page-link.ts'
import { usePage } from './page-context.tsx'

interface Properties {
  /** The flight to show; the start without one. */
  readonly id?: string
  readonly className?: string
  readonly label?: string
  readonly children: ReactNode
}

/** A link within the page: followed without loading anew, but still one that opens in a new tab. */
export function PageLinkTo({ id, className, label, children }: Properties) {
  const page = usePage()
  function follow(event: MouseEvent): void {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    page.open(id)
  }
  return (
    <a href={flightHref(id)} className={className} aria-label={label} onClick={follow}>
      {children}
    </a>
  )
}
