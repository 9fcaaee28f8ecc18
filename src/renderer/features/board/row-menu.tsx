import { Kbd, Menu } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useDeparture } from '../../components/use-departure.ts'
import { type DepartureAction, departureActions } from '../../lib/departure-actions.ts'
import { flightName } from '../../lib/departure-view.ts'
import type { Anchor } from '../../stores/workbench-store.ts'
import classes from './board.module.css'

/** What the menu does with a choice. */
export interface RowMenuProps {
  readonly onChoose: (action: DepartureAction, target: { readonly id: string; readonly anchor: Anchor }) => void
}

/** Everything that can be done with one row; each by a letter too. */
export function RowMenu({ onChoose }: RowMenuProps) {
  const { connection, workbench } = useConsole()
  const menu = useSlice(workbench, (state) => state.menu)
  const actor = useSlice(connection, (state) => state.actor)
  const departure = useDeparture(menu?.id)
  if (!menu || !departure) return null
  const actions = departureActions(departure, actor)
  const choose = (action: DepartureAction) => onChoose(action, menu)

  function handleKey(event: KeyboardEvent): void {
    const action = actions.find(({ key, disabledBecause }) => key === event.key && !disabledBecause)
    if (!action) return
    event.preventDefault()
    choose(action)
  }

  return (
    <Menu
      opened
      withInitialFocusPlaceholder={false}
      // Not returnFocus: the board takes the focus back itself, unless the choice opened an editor, which then has it.
      trapFocus
      position="bottom-start"
      width={270}
      onClose={() => workbench.setState({ menu: undefined })}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label="Actions of this row"
          className={classes.menuAnchor}
          style={{ left: menu.anchor.left, top: menu.anchor.top, height: menu.anchor.bottom - menu.anchor.top }}
        />
      </Menu.Target>
      <Menu.Dropdown data-testid="row-menu" onKeyDown={handleKey}>
        <Menu.Label>{flightName(departure)}</Menu.Label>
        {actions.map((action, index) => (
          <ActionItem key={action.id} action={action} isFirst={index === 0} onChoose={() => choose(action)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface ActionItemProps {
  readonly action: DepartureAction
  readonly isFirst: boolean
  readonly onChoose: () => void
}

function ActionItem({ action, isFirst, onChoose }: ActionItemProps) {
  const { label, key, disabledBecause, effect, id } = action
  const isGrave = effect.kind === 'editor' && (effect.editor === 'cancel' || effect.editor === 'divert')
  return (
    <Menu.Item
      data-autofocus={isFirst || undefined}
      data-testid={`action-${id}`}
      disabled={disabledBecause !== undefined}
      rightSection={<Kbd size="xs">{key}</Kbd>}
      {...(isGrave && { color: 'red' })}
      onClick={onChoose}
    >
      {label}
      {disabledBecause && <div className={classes.why}>{disabledBecause}</div>}
    </Menu.Item>
  )
}
