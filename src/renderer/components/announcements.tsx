import { Notification, Portal } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { type Announcement, dismiss } from '../stores/announcement-store.ts'
import classes from './announcements.module.css'
import { useConsole, useSlice } from './console-context.ts'

// Good news may vanish; a problem stays until somebody has seen it.
const INFO_FOR = 6_000

/** What must be noticed, in the corner and in the ear. */
export function Announcements() {
  const { announcements } = useConsole()
  const items = useSlice(announcements, (state) => state.items)
  return (
    <Portal>
      <section className={classes.corner} aria-live="assertive" aria-label="Announcements" data-testid="announcements">
        {items.map((item) => (
          <AnnouncementNote key={item.id} item={item} />
        ))}
      </section>
    </Portal>
  )
}

function AnnouncementNote({ item }: { readonly item: Announcement }) {
  const { announcements } = useConsole()
  const isProblem = item.tone === 'problem'
  useEffect(() => {
    if (isProblem) return undefined
    const timer = setTimeout(() => dismiss(announcements, item.id), INFO_FOR)
    return () => clearTimeout(timer)
  }, [announcements, item.id, isProblem])
  return (
    <Notification
      color={isProblem ? 'red' : 'sky'}
      icon={isProblem ? <IconAlertTriangle size={18} /> : <IconInfoCircle size={18} />}
      withBorder
      role={isProblem ? 'alert' : 'status'}
      closeButtonProps={{ 'aria-label': 'Dismiss' }}
      onClose={() => dismiss(announcements, item.id)}
    >
      {item.text}
    </Notification>
  )
}
