import { z } from 'zod'
import { departureSchema } from '../events/departure-schema.ts'
import { plainInstant } from '../events/instant-schema.ts'
import { actorSchema, clockSchema, departureIdSchema } from './schemas.ts'

/** How this desk reaches stores and log: by itself on one file, on MongoDB and Kafka, or through a backend. */
export const desktopModes = ['embedded', 'direct', 'served'] as const

/** A member of {@link desktopModes}. */
export type DesktopMode = (typeof desktopModes)[number]

/** How one thing that the desk depends on is doing, and since when (wall clock). */
const linkStateSchema = z.object({
  status: z.enum(['ok', 'opening', 'lost']),
  since: plainInstant,
  /** Why it is not `ok`, for a person. */
  message: z.string().optional(),
})

/** The state of store or log as this desk sees it. */
export type LinkState = z.output<typeof linkStateSchema>

/** The bundled backend. `off`: this desk is not its station's server. `failed`: it will not be tried again by itself. */
export const backendStateSchema = z.object({
  status: z.enum(['off', 'starting', 'running', 'restarting', 'stopping', 'failed']),
  since: plainInstant,
  /** Times it had to be started again since the desktop was started. */
  restarts: z.number().int(),
  /** Where passengers find it, while it runs. */
  url: z.string().optional(),
  message: z.string().optional(),
})

/** The state of the bundled backend. */
export type BackendState = z.output<typeof backendStateSchema>

/**
 * Updates of the desktop. `off`: this installation does not update itself, and says why. `ready`: installed when the
 * desktop is quit. `failed`: the last attempt; another follows by itself.
 */
export const updateStateSchema = z.object({
  status: z.enum(['off', 'idle', 'checking', 'downloading', 'ready', 'failed']),
  since: plainInstant,
  /** The version that is on its way or ready. */
  version: z.string().optional(),
  message: z.string().optional(),
})

/** The state of the desktop's updates. */
export type UpdateState = z.output<typeof updateStateSchema>

/** Everything that a window shows about the program around it. */
export const desktopStateSchema = z.object({
  mode: z.enum(['unconfigured', ...desktopModes]),
  /** Names the present service without saying where it is; `null` before the first. What is meant for one goes to no other. */
  service: z.string().nullable(),
  store: linkStateSchema,
  log: linkStateSchema,
  backend: backendStateSchema,
  version: z.string(),
  update: updateStateSchema.optional(),
})

/** The state of the desktop. */
export type DesktopState = z.output<typeof desktopStateSchema>

const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const
const port = z.number().int().min(1).max(65_535)

/** What the bundled backend is run with. An absent `url` keeps the one that is stored. */
const backendDraftSchema = z.object({
  run: z.boolean(),
  port,
  /** Whether other machines reach it; otherwise only this one, or a proxy on it. */
  isOpen: z.boolean(),
  /** What links in messages begin with; `null` for its own address. */
  publicUrl: z.string().trim().max(2_000).nullable(),
  smtp: z.object({ url: z.string().max(2_000).optional(), from: z.string().trim().min(1).max(320) }).nullable(),
})

/** Of the first sign-ins; the backend takes it at its next start, then it is forgotten. */
const adminPassword = z.string().min(10).max(200).optional()

/** Settings as a person enters them. A secret that is absent stays as it is stored. */
export const settingsDraftSchema = z.discriminatedUnion('mode', [
  z.object({
    mode: z.literal('embedded'),
    /** Whether the bundled day is replayed. */
    demo: z.boolean(),
    adminPassword,
    backend: backendDraftSchema,
  }),
  z.object({
    mode: z.literal('direct'),
    mongoUrl: z.string().max(2_000).optional(),
    adminPassword,
    kafka: z.object({
      /** `host:port`, several with commas between. */
      brokers: z.string().trim().min(1).max(1_000),
      ssl: z.boolean(),
      sasl: z
        .object({
          mechanism: z.enum(saslMechanisms),
          username: z.string().trim().min(1).max(200),
          password: z.string().max(500).optional(),
        })
        .nullable(),
    }),
    backend: backendDraftSchema,
  }),
  z.object({ mode: z.literal('served'), serverUrl: z.string().trim().min(1).max(2_000) }),
])

/** Settings as a person enters them. */
export type SettingsDraft = z.output<typeof settingsDraftSchema>

/** What settings look like on the screen: never a secret, only whether one is stored. */
export const settingsViewSchema = z.object({
  /** `environment` and `policy` settings cannot be changed here. */
  source: z.enum(['none', 'file', 'environment', 'policy']),
  draft: settingsDraftSchema.nullable(),
  /** Names of the secrets that are stored, e.g. `mongoUrl`. */
  stored: z.array(z.string()),
  /** Whether the system can keep secrets; if not, what to do. */
  vault: z.object({ isSafe: z.boolean(), advice: z.string().optional() }),
  /** A policy of this machine is there and cannot be followed: why. */
  policyProblem: z.string().optional(),
})

/** What settings look like on the screen. */
export type SettingsView = z.output<typeof settingsViewSchema>

/** One thing that was tried before saving, and what came of it. */
export const settingsCheckSchema = z.object({
  part: z.enum(['store', 'log', 'server', 'secrets', 'backend']),
  ok: z.boolean(),
  message: z.string(),
})

/** One thing that was tried before saving. */
export type SettingsCheck = z.output<typeof settingsCheckSchema>

/** The last board that this desk saw, for when nobody answers. Only for the person who saw it. */
export const recollectionSchema = z.object({
  actor: actorSchema,
  departures: z.array(departureSchema),
  clock: clockSchema,
  /** Milliseconds since the service was last heard. */
  age: z.number().min(0),
})

/** The last board that this desk saw. */
export type Recollection = z.output<typeof recollectionSchema>

/** A command that has no answer yet, as it is kept on disk. What is in it concerns the page alone. */
export const keptCommandSchema = z.object({
  commandId: z.uuid(),
  /** Name of the person; nobody else's page gets it back. */
  owner: z.string().max(64),
  /** The command as JSON text. */
  text: z.string().max(256 * 1024),
  /** It failed and waits to be put away: it is not sent any more. */
  isOver: z.boolean().optional(),
})

/** A command that has no answer yet. */
export type KeptCommand = z.output<typeof keptCommandSchema>

/** What the application menu, the tray and its accelerators can ask of a page; the page does it or says why not. */
export const consoleActions = [
  'search',
  'now',
  'time',
  'help',
  'broadcast',
  'settings',
  'sign-out',
  'system',
  'wall',
  'scheme-system',
  'scheme-light',
  'scheme-dark',
  'gate',
  'delay',
  'estimate',
  'boarding',
  'final-call',
  'gate-closed',
  'take-back',
  'off-block',
  'take-off',
  'return',
  'cancel',
  'reinstate',
  'divert',
  'history',
] as const

/** A member of {@link consoleActions}. */
export type ConsoleAction = (typeof consoleActions)[number]

/** What main asks of a page. */
export const intentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('action'), action: z.enum(consoleActions) }),
  /** A deep link, `flightline://flight/<id>`. */
  z.object({ type: z.literal('departure'), id: departureIdSchema }),
])

/** What main asks of a page. */
export type Intent = z.output<typeof intentSchema>

const station = z.string().regex(/^[A-Z]{3}$/)

/** What a window is for; main keeps it over restarts. */
export const windowPurposeSchema = z.object({
  /** The one station it shows at first; `null` for all. */
  station: station.nullable(),
  /** A display on the wall: full screen, to be read from afar, nothing to click. */
  isWall: z.boolean(),
})

/** What a window is for. */
export type WindowPurpose = z.output<typeof windowPurposeSchema>

/** What a page has that its person should attend to; main sums it up for badge and tray. */
export const attentionSchema = z.object({
  phase: z.enum(['connecting', 'signed-out', 'live', 'reconnecting']),
  /** Commands that wait for an answer or a connection. */
  waiting: z.number().int().min(0),
  conflicts: z.number().int().min(0),
  /** Commands that were refused or ran out, not yet put away. */
  failed: z.number().int().min(0),
})

/** What a page has that its person should attend to. */
export type Attention = z.output<typeof attentionSchema>

/** Something for the system's notifications, shown when no window has the focus. Never a passenger's name or address. */
export const alertSchema = z.object({
  kind: z.enum(['conflict', 'failed', 'lost']),
  title: z.string().max(120),
  text: z.string().max(400),
  /** Opened when the notification is clicked. */
  departureId: departureIdSchema.optional(),
})

/** Something for the system's notifications. */
export type Alert = z.output<typeof alertSchema>
