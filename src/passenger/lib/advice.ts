import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { type Places, placeName } from './place-name.ts'
import type { Text } from './text.ts'

/** What a passenger does next; nothing where the status says it all. */
export function advice(flight: PublicDeparture, text: Text, places: Places): string | undefined {
  const { destination, gate, nextInformationAt, originZone, status } = flight
  const time = nextInformationAt && text.clock(Date.parse(nextInformationAt), originZone)
  return text.find(`advice.${status}${gapOf(flight)}`, {
    destination: placeName(places, destination),
    gate: gate ?? '',
    time: time ?? '',
  })
}

/** Which form the advice takes when that is not known which it usually names. */
function gapOf({ estimatedAt, gate, nextInformationAt, status }: PublicDeparture): string {
  if (status === 'DELAYED' && !estimatedAt) return nextInformationAt ? '.until' : '.open'
  return (status === 'BOARDING' || status === 'FINAL_CALL') && !gate ? '.open' : ''
}
