import { Paper, Portal } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useCallback, useId, useState } from 'react'
import type { Anchor } from '../stores/workbench-store.ts'
import classes from './anchored-panel.module.css'

/** A panel that opens at a cell of the board. */
export interface AnchoredPanelProps {
  readonly anchor: Anchor
  readonly title: ReactNode
  readonly testId: string
  readonly width?: number
  readonly onClose: () => void
  readonly children: ReactNode
}

const GAP = 4

/**
 * A small dialogue at its cell, so that the eye stays where it was. Not modal in looks, but the focus stays inside until
 * it is closed, and a click beside it does not lose what was typed.
 */
export function AnchoredPanel({ anchor, title, testId, width = 460, onClose, children }: AnchoredPanelProps) {
  const titleId = useId()
  const [place, setPlace] = useState({ left: anchor.left, top: anchor.bottom + GAP })

  // Contents grow while somebody types; the panel has to stay on the screen with all of them.
  const keepInside = useCallback(
    (panel: HTMLDivElement) => {
      const observer = new ResizeObserver(() => setPlace(placeInside(anchor, panel.getBoundingClientRect())))
      observer.observe(panel)
      return () => observer.disconnect()
    },
    [anchor],
  )

  function handleKey(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.key === 'Tab') turnAround(event)
    // The first Escape closes a list that is open inside, the second the panel.
    const isListOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true'
    if (event.key !== 'Escape' || isListOpen) return
    event.stopPropagation()
    onClose()
  }

  return (
    <Portal>
      <div className={classes.backdrop} />
      <Paper
        ref={keepInside}
        className={classes.panel}
        style={{ ...place, width }}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        data-testid={testId}
        shadow="lg"
        withBorder
        onKeyDown={handleKey}
      >
        <div id={titleId} className={classes.title}>
          {title}
        </div>
        {children}
      </Paper>
    </Portal>
  )
}

const TABBABLE = 'button, input, select, textarea, [tabindex]'

/**
 * Keeps Tab inside: from the last field to the first and back. Not the library's trap, because that one takes the focus
 * back a moment after it opened, under the fingers of whoever types on.
 */
function turnAround(event: KeyboardEvent<HTMLDivElement>): void {
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (field) => field.tabIndex >= 0 && !field.matches(':disabled'),
  )
  const [from, to] = event.shiftKey ? [fields[0], fields.at(-1)] : [fields.at(-1), fields[0]]
  if (document.activeElement !== from || !to) return
  event.preventDefault()
  to.focus()
}

/** Below its cell where there is room, above it otherwise, and never off the window. */
function placeInside(anchor: Anchor, { width, height }: DOMRect): { left: number; top: number } {
  const below = anchor.bottom + GAP
  const isRoomBelow = below + height <= window.innerHeight
  const top = isRoomBelow
    ? below
    : Math.max(GAP, Math.min(anchor.top - GAP - height, window.innerHeight - height - GAP))
  return { left: Math.max(GAP, Math.min(anchor.left, window.innerWidth - width - GAP)), top }
}
