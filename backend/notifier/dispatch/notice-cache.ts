import { broadcastIdOf } from '../../../src/shared/domain/broadcast-notice.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import type { NotifierContext } from '../context.ts'

/** A notice with what decides until when it may be sent. */
export interface SendableNotice {
  readonly notice: Notice
  /** Wall clock; only broadcasts expire. */
  readonly validUntil?: Instant
}

/** Looks notices up; hundreds of deliveries in a row belong to the same one, and a notice never changes. */
export type FindNotice = (id: string) => Promise<SendableNotice | undefined>

const KEPT = 200

/** Makes a look-up that remembers the latest notices. */
export function createNoticeCache({ stores }: Pick<NotifierContext, 'stores'>): FindNotice {
  const known = new Map<string, SendableNotice>()
  return async (id) => {
    const found = known.get(id) ?? (await load(id))
    if (!found) return undefined
    if (known.size >= KEPT) known.clear()
    known.set(id, found)
    return found
  }

  async function load(id: string): Promise<SendableNotice | undefined> {
    const notice = await stores.notices.get(id)
    if (!notice) return undefined
    const broadcastId = broadcastIdOf(notice)
    const broadcast = broadcastId === undefined ? undefined : await stores.broadcasts.get(broadcastId)
    return { notice, ...(broadcast && { validUntil: broadcast.validUntil }) }
  }
}
