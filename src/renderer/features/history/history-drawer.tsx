import { Alert, Badge, Drawer, Loader, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { Departure } from '../../../shared/domain/departure.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { DepartureTitle } from '../../components/departure-title.tsx'
import { useDeparture } from '../../components/use-departure.ts'
import classes from './history-drawer.module.css'
import { type HistoryField, type HistoryItem, toHistoryItems } from './history-view.ts'
import { useHistory } from './use-history.ts'

/** What happened to one departure: who, what, when, why, and whom it reached. */
export function HistoryDrawer() {
  const { workbench } = useConsole()
  const id = useSlice(workbench, ({ history }) => history)
  const departure = useDeparture(id)
  return (
    <Drawer
      opened={departure !== undefined}
      position="right"
      size={520}
      title={departure && <DepartureTitle departure={departure} action="History" />}
      closeButtonProps={{ 'aria-label': 'Close history' }}
      overlayProps={{ backgroundOpacity: 0.15 }}
      attributes={{ content: { 'data-testid': 'history' } }}
      onClose={() => workbench.setState({ history: undefined })}
    >
      {departure && <Timeline departure={departure} />}
    </Drawer>
  )
}

function Timeline({ departure }: { readonly departure: Departure }) {
  const { view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const { entries, problem } = useHistory(departure.id, departure.revision)
  if (!entries) return problem ? <Alert color="red">{problem}</Alert> : <Loader aria-label="Loading history" />
  return (
    <ol className={classes.list} aria-label="Changes, newest first">
      {toHistoryItems(entries, { zone: departure.originZone, mode }).map((item) => (
        <Entry key={item.id} item={item} />
      ))}
    </ol>
  )
}

function Entry({ item }: { readonly item: HistoryItem }) {
  return (
    <li className={classes.entry} data-person={item.isByPerson} data-testid="history-entry">
      <div className={classes.head}>
        <Text component="span" fw={600}>
          {item.who}
        </Text>
        <Text component="span" size="sm" c="var(--fl-muted)">
          {item.when}
          {item.operational && ` · day's time ${item.operational}`} · revision {item.revision}
        </Text>
      </div>
      {item.fields.map((field) => (
        <FieldChange key={field.label} field={field} />
      ))}
      {item.decision && (
        <Text size="sm" c="var(--fl-muted)" mt={4}>
          {item.decision}
        </Text>
      )}
      <div className={classes.deliveries}>
        {item.deliveries.map((count) => (
          <Badge key={count} variant="light" size="sm" tt="none">
            {count}
          </Badge>
        ))}
      </div>
    </li>
  )
}

function FieldChange({ field: { label, from, to } }: { readonly field: HistoryField }) {
  return (
    <div className={classes.field}>
      <span className={classes.label}>{label}</span>
      <span>
        <s className={classes.from}>{from}</s> <IconArrowRight size={13} aria-label="to" /> <strong>{to}</strong>
      </span>
    </div>
  )
}
