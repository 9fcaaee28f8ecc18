import type { TimeView } from '../lib/flight-times.ts'
import { usePage } from './page-context.tsx'

interface Properties {
  readonly view: TimeView
  readonly zone: string
}

/** A time on the clock of its airport; one that it replaces stands before it, struck through. */
export function ClockTime({ view, zone }: Properties) {
  const { text } = usePage()
  return (
    <span className="clock">
      {view.replaced && (
        <s className="clock-old">
          <span className="unseen">{text.say('time.before', { time: '' })}</span>
          <time dateTime={view.replaced}>{text.clock(Date.parse(view.replaced), zone)}</time>
        </s>
      )}{' '}
      {view.at && (
        <time className="clock-now" dateTime={view.at}>
          {text.clock(Date.parse(view.at), zone)}
        </time>
      )}
    </span>
  )
}
