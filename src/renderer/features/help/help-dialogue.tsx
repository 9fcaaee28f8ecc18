import { Kbd, Modal, SimpleGrid, Text, Title } from '@mantine/core'
import { useConsole, useSlice } from '../../components/console-context.ts'
import classes from './help-dialogue.module.css'
import { type ShortcutGroup, shortcutGroups } from './shortcuts.ts'

/** All keys on one page. */
export function HelpDialogue() {
  const { workbench } = useConsole()
  const isOpen = useSlice(workbench, ({ isHelping }) => isHelping)
  return (
    <Modal
      opened={isOpen}
      size={820}
      title={
        <Text component="span" fw={600} size="lg">
          Keyboard
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close help' }}
      attributes={{ content: { 'data-testid': 'help' } }}
      onClose={() => workbench.setState({ isHelping: false })}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {shortcutGroups.map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </SimpleGrid>
    </Modal>
  )
}

function Group({ group: { title, shortcuts } }: { readonly group: ShortcutGroup }) {
  return (
    <section>
      <Title order={3} size="sm" mb={6}>
        {title}
      </Title>
      <dl className={classes.list}>
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className={classes.row}>
            <dt className={classes.keys}>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd className={classes.does}>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
