import { implement } from '@orpc/server'
import { desktopContract } from '../../shared/api/desktop-contract.ts'
import { translateError } from '../../shared/desk/errors.ts'
import { assertAllowed } from '../../shared/domain/role.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { PageConnection } from '../desk/page-connection.ts'
import type { DesktopParts } from './desktop-parts.ts'
import { watchState } from './watch-state.ts'

/** The desktop's own contract: what a page asks of the program around it. */
export function createDesktopRouter(parts: DesktopParts) {
  const desktop = translating(parts)
  return desktop.router({
    state: { watch: desktop.state.watch.handler(({ signal }) => watchState(parts, signal)) },
    settings: settingsHandlers(desktop, parts),
    board: { recall: desktop.board.recall.handler(() => parts.desk.recall()) },
    commands: commandHandlers(desktop, parts),
    windows: windowHandlers(desktop, parts),
    intents: {
      watch: desktop.intents.watch.handler(async function* ({ context, signal }) {
        yield* parts.windows.intents(context.page, signal ?? new AbortController().signal)
      }),
    },
    attention: {
      report: desktop.attention.report.handler(({ input, context }) => parts.attention.report(context.page, input)),
      alert: desktop.attention.alert.handler(({ input, context }) => parts.attention.alert(context.page, input)),
    },
  })
}

/** The router's type, for who serves it. */
export type DesktopRouter = ReturnType<typeof createDesktopRouter>

function translating(parts: Pick<DesktopParts, 'tokens' | 'logger'>) {
  return implement(desktopContract)
    .$context<PageConnection>()
    .use(async ({ next }) => {
      try {
        return await next()
      } catch (error) {
        throw translateError(error, parts)
      }
    })
}

type Desktop = ReturnType<typeof translating>

function settingsHandlers({ settings }: Desktop, parts: DesktopParts) {
  return {
    read: settings.read.handler(() => parts.settings.view()),
    // Trying a draft sends stored passwords to where the draft says, so it takes the same right as saving it.
    test: settings.test.handler(async ({ input }) => {
      await assertMayChange(parts)
      return [...(await parts.settings.test(input))]
    }),
    save: settings.save.handler(async ({ input }) => {
      await assertMayChange(parts)
      return [...(await parts.settings.save(input))]
    }),
  }
}

/**
 * Whoever sits here may set a new desktop up, and repair one that has lost its store, where nobody can be asked who they
 * are. Otherwise it takes an administrator; and what was set from outside is changed there, but for the secrets that a
 * policy leaves to the desk.
 * @throws FlightlineError `FL_SETTINGS_LOCKED`, `FL_FORBIDDEN`, `FL_SESSION_MISSING`
 */
async function assertMayChange({ desk, settings }: Pick<DesktopParts, 'desk' | 'settings'>): Promise<void> {
  const { source } = await settings.view()
  const isNew = desk.mode() === 'unconfigured'
  if (source === 'environment' || (source === 'policy' && !isNew))
    throw new FlightlineError('FL_SETTINGS_LOCKED', { source })
  if (source === 'none' || isNew || desk.links.read().store.status !== 'ok') return
  const actor = await desk.session.confirmed()
  if (!actor) throw new FlightlineError('FL_SESSION_MISSING')
  assertAllowed(actor, 'changeSettings')
}

function commandHandlers({ commands }: Desktop, parts: DesktopParts) {
  return {
    keep: commands.keep.handler(({ input, context }) => {
      assertOwn(parts, input.owner)
      return parts.commands.keep(context.page, input)
    }),
    forget: commands.forget.handler(({ input }) => parts.commands.forget(input.commandId)),
    claim: commands.claim.handler(async ({ input, context }) => {
      assertOwn(parts, input.owner)
      return [...(await parts.commands.claim(context.page, input.owner))]
    }),
  }
}

/** A page speaks for the person who is signed in on this desktop, and for nobody else. */
function assertOwn({ desk }: Pick<DesktopParts, 'desk'>, owner: string): void {
  if (desk.session.actor()?.name !== owner) throw new FlightlineError('FL_SESSION_EXPIRED')
}

function windowHandlers({ windows }: Desktop, parts: DesktopParts) {
  return {
    purpose: windows.purpose.handler(({ context }) => parts.windows.purpose(context.page)),
    become: windows.become.handler(({ input, context }) => parts.windows.become(context.page, input)),
    open: windows.open.handler(({ input }) => parts.windows.open(input)),
  }
}
