import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useClocks } from '../../components/use-ticking.ts'
import type { DesktopSide } from '../../stores/desktop-side.ts'
import classes from './wall.module.css'
import { wallPage } from './wall-pages.ts'
import { WallRowView } from './wall-row.tsx'
import { selectForWall } from './wall-rows.ts'

/** What the wall shows besides its rows; other features draw it. */
export interface WallProps {
  readonly desktop: DesktopSide
  readonly alarms: ReactNode
  readonly clock: ReactNode
  readonly connection: ReactNode
}

/** A display on the wall: what leaves around now, to be read from across a room. It turns its pages by itself. */
export function Wall({ desktop, alarms, clock, connection }: WallProps) {
  const { board, view } = useConsole()
  const station = useSlice(desktop.purpose, (purpose) => purpose.station)
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const departures = useSlice(board, (state) => state.departures)
  const clocks = useClocks(1_000)
  const [fit, measure] = useFit()
  useLeaving(desktop)
  const rows = selectForWall(departures.values(), station, clocks?.operational ?? Date.now())
  const page = wallPage(rows.length, fit, clocks?.wall ?? Date.now())
  return (
    <main className={classes.wall} data-testid="wall">
      {alarms}
      <header className={classes.header}>
        <h1 className={classes.title}>Departures{station === null ? ', all stations' : ` ${station}`}</h1>
        <div className={classes.connection}>{connection}</div>
        <div className={classes.clock}>{clock}</div>
      </header>
      <Heads hasOrigin={station === null} />
      <ol
        ref={measure}
        className={classes.rows}
        style={{ gridTemplateRows: `repeat(${page.size}, 1fr)` }}
        aria-label="Departures around now"
      >
        {rows.slice(page.from, page.to).map((departure) => (
          <WallRowView key={departure.id} departure={departure} mode={mode} hasOrigin={station === null} />
        ))}
        {rows.length === 0 && <li className={classes.nothing}>No departures in the next hours.</li>}
      </ol>
      <footer className={classes.footer}>
        <span>{mode === 'utc' ? 'Times in UTC' : 'Local times'}</span>
        <span className={classes.hint}>Esc leaves the wall display</span>
        <Pages index={page.index} count={page.pages} />
      </footer>
    </main>
  )
}

function Heads({ hasOrigin }: { readonly hasOrigin: boolean }) {
  const names = ['Time', 'Now', 'Flight', ...(hasOrigin ? ['From'] : []), 'To', 'Gate', 'Status', 'Delay, remark']
  return (
    <div className={classes.heads} data-origin={hasOrigin} aria-hidden>
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  )
}

function Pages({ index, count }: { readonly index: number; readonly count: number }) {
  if (count === 1) return <span />
  return (
    <span data-testid="wall-page">
      Page {index + 1} of {count}
    </span>
  )
}

/** How many rows fit, measured whenever the screen or what lies above the rows changes. */
function useFit(): readonly [number, (list: HTMLElement | null) => (() => void) | undefined] {
  const [fit, setFit] = useState(10)
  const measure = useCallback((list: HTMLElement | null) => {
    if (!list) return undefined
    const observer = new ResizeObserver(() => {
      const row = Number.parseFloat(getComputedStyle(list).gridAutoRows)
      setFit(list.clientHeight / row || 1)
    })
    observer.observe(list)
    return () => observer.disconnect()
  }, [])
  return [fit, measure]
}

/** Esc gives the window back to whoever works in it. */
function useLeaving(desktop: DesktopSide): void {
  useEffect(() => {
    function handle({ key }: KeyboardEvent): void {
      if (key === 'Escape') desktop.become({ ...desktop.purpose.getState(), isWall: false })
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [desktop])
}
