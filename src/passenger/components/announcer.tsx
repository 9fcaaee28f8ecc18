import { usePage, useStore } from './page-context.tsx'

/** Tells screen readers what changed. Both regions stand on the page from the start, or they would not be listened to. */
export function Announcer() {
  const announcement = useStore(usePage().announcement)
  return (
    <div className="unseen">
      <p aria-live="polite">{announcement?.isUrgent === false ? announcement.text : ''}</p>
      <p aria-live="assertive">{announcement?.isUrgent ? announcement.text : ''}</p>
    </div>
  )
}
