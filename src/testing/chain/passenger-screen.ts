import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'

/** What a passenger sees over all connections of a run, with every step back that they saw. */
export interface PassengerScreen {
  readonly departures: ReadonlyMap<string, PublicDeparture>
  /** What to say when following again. */
  readonly position: () => string | undefined
  /** Each as one line; empty is what must be. */
  readonly problems: readonly string[]
  receive(frame: ServerFrame): void
}

/** Makes an empty screen. It is as trusting as a page would be, and notes what a page would show wrongly. */
export function createPassengerScreen(): PassengerScreen {
  const departures = new Map<string, PublicDeparture>()
  const problems: string[] = []
  let position: string | undefined
  const show = (departure: PublicDeparture, how: string) => {
    const shown = departures.get(departure.id)
    if (shown && shown.revision > departure.revision) {
      problems.push(`${departure.id} went back from ${shown.revision} to ${departure.revision} by a ${how}`)
    }
    departures.set(departure.id, departure)
  }
  return {
    departures,
    position: () => position,
    problems,
    receive(frame) {
      if (frame.op === 'error') problems.push(`${frame.code}: ${frame.message}`)
      if (frame.op !== 'snapshot' && frame.op !== 'departure') return
      position = frame.position
      const shown = frame.op === 'snapshot' ? frame.departures : [frame.departure]
      for (const departure of shown) show(departure, frame.op)
    },
  }
}
