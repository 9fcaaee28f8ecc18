import type { Broadcast } from '../../../src/shared/domain/broadcast.ts'
import { BROADCAST_SEQUENCE, broadcastNotice } from '../../../src/shared/domain/broadcast-notice.ts'
import { decodeBroadcastSent } from '../../../src/shared/events/broadcast-sent.ts'
import type { BatchHandler } from '../../../src/shared/ports/event-log.ts'
import type { NotifierContext } from '../context.ts'
import { readOrBury } from './read-or-bury.ts'

/**
 * Handles broadcasts: one notice per departure of the audience. Also an expired one gets its notices, so that there is
 * a record of everybody it did not reach.
 * @param onNotice - called when somebody is to be told
 */
export function createBroadcastHandler(context: NotifierContext, onNotice: () => void): BatchHandler {
  return async (records) => {
    const events = await readOrBury(context, records, (record) => decodeBroadcastSent(record.value))
    for (const { event } of events) await putNotices(context, event)
    if (events.length > 0) onNotice()
  }
}

async function putNotices({ stores, clock, logger, breathe }: NotifierContext, broadcast: Broadcast): Promise<void> {
  for (const departureId of broadcast.departureIds) {
    const departure = await stores.departures.get(departureId)
    if (departure) await stores.notices.put(broadcastNotice(broadcast, departure, clock.wall()), BROADCAST_SEQUENCE)
    else logger.warn({ part: 'notifier', broadcastId: broadcast.id, departureId }, 'departure of a broadcast is gone')
    await breathe()
  }
}
