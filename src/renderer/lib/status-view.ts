import type { Status } from '../../shared/domain/status.ts'

/** How strongly a status asks for attention. */
export type Tone = 'calm' | 'active' | 'attention' | 'alarm' | 'done'

/** How a status is shown: words and tone; the tone chooses both colour and shape. */
export interface StatusView {
  readonly label: string
  readonly tone: Tone
}

const views: Readonly<Record<Status, StatusView>> = {
  SCHEDULED: { label: 'Scheduled', tone: 'calm' },
  DELAYED: { label: 'Delayed', tone: 'attention' },
  BOARDING: { label: 'Boarding', tone: 'active' },
  FINAL_CALL: { label: 'Final call', tone: 'active' },
  GATE_CLOSED: { label: 'Gate closed', tone: 'active' },
  DEPARTED: { label: 'Off block', tone: 'done' },
  RETURNED: { label: 'Returned', tone: 'attention' },
  AIRBORNE: { label: 'Airborne', tone: 'done' },
  DIVERTED: { label: 'Diverted', tone: 'alarm' },
  LANDED: { label: 'Landed', tone: 'done' },
  ARRIVED: { label: 'Arrived', tone: 'done' },
  CANCELLED: { label: 'Cancelled', tone: 'alarm' },
}

/** Words and tone of a status. */
export function statusView(status: Status): StatusView {
  return views[status]
}
