import type { Collection } from 'mongodb'
import type { Notice, NoticeDecision } from '../../shared/domain/notice.ts'
import type { NoticeStore, ToldState } from '../../shared/ports/notice-stores.ts'

/** What a departure's passengers were told; `dueAt` stands outside of the text so that it can be asked for. */
export interface ToldDocument {
  readonly _id: string
  readonly dueAt?: number
  readonly state: string
}

/** What was decided about one change. */
export interface DecisionDocument extends NoticeDecision {
  readonly _id: string
}

/** A notice, as text, with what is asked for beside it. */
export interface NoticeDocument {
  readonly _id: string
  readonly sequence: number
  readonly createdAt: number
  readonly dueAt: number
  readonly isFannedOut: boolean
  readonly recipients?: number
  readonly notice: string
}

/** The collections of the notifier's memory. */
export interface NoticeCollections {
  readonly told: Collection<ToldDocument>
  readonly decisions: Collection<DecisionDocument>
  readonly notices: Collection<NoticeDocument>
}

/** Notices, decisions and what each departure's passengers were told. */
export function createNoticeStore(collections: NoticeCollections): NoticeStore {
  return {
    ...createStates(collections.told),
    ...createDecisions(collections.decisions),
    ...createNotices(collections.notices),
  }
}

function createStates(told: Collection<ToldDocument>): Pick<NoticeStore, 'state' | 'saveState' | 'dueStates'> {
  const read = ({ state }: ToldDocument): ToldState => JSON.parse(state)
  return {
    async state(departureId) {
      const found = await told.findOne({ _id: departureId })
      return found ? read(found) : undefined
    },
    async saveState(state) {
      const dueAt = state.pending?.dueAt
      const replacement = { ...(dueAt !== undefined && { dueAt }), state: JSON.stringify(state) }
      await told.replaceOne({ _id: state.departureId }, replacement, { upsert: true })
    },
    async dueStates(now, limit) {
      return (
        await told
          .find({ dueAt: { $lte: now } })
          .sort({ dueAt: 1, _id: 1 })
          .limit(limit)
          .toArray()
      ).map(read)
    },
  }
}

function createDecisions(decisions: Collection<DecisionDocument>): Pick<NoticeStore, 'saveDecisions' | 'decisions'> {
  return {
    async saveDecisions(made) {
      if (made.length === 0) return
      const replacements = made.map((decision) => ({
        replaceOne: { filter: { _id: decision.changeId }, replacement: { ...decision }, upsert: true },
      }))
      await decisions.bulkWrite(replacements, { ordered: false })
    },
    async decisions(departureId) {
      const found = await decisions
        .find({ departureId }, { projection: { _id: 0 } })
        .sort({ revision: 1 })
        .toArray()
      return found
    },
  }
}

type Notices = 'put' | 'get' | 'pendingFanOut' | 'markFannedOut' | 'latest'

function createNotices(notices: Collection<NoticeDocument>): Pick<NoticeStore, Notices> {
  const read = ({ notice }: NoticeDocument): Notice => JSON.parse(notice)
  return {
    async put(notice, sequence) {
      const { id, createdAt, dueAt } = notice
      const document = { sequence, createdAt, dueAt, isFannedOut: false, notice: JSON.stringify(notice) }
      await notices.updateOne({ _id: id }, { $setOnInsert: document }, { upsert: true })
    },
    async get(id) {
      const found = await notices.findOne({ _id: id })
      return found ? read(found) : undefined
    },
    async pendingFanOut(now, limit) {
      const query = notices.find({ isFannedOut: false, dueAt: { $lte: now } })
      const found = await query.sort({ createdAt: 1, sequence: 1, _id: 1 }).limit(limit).toArray()
      return found.map((document) => ({ notice: read(document), sequence: document.sequence }))
    },
    async markFannedOut(noticeId, recipients) {
      await notices.updateOne({ _id: noticeId, isFannedOut: false }, { $set: { isFannedOut: true, recipients } })
    },
    async latest(limit) {
      return (await notices.find().sort({ createdAt: -1, _id: -1 }).limit(limit).toArray()).map(read)
    },
  }
}
