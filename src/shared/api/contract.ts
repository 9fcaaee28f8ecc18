import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { departureSchema } from '../events/departure-schema.ts'
import * as schema from './schemas.ts'
import { systemSnapshotSchema } from './system-schemas.ts'

const command = oc.route({ tags: ['departures'] }).output(schema.commandAnswerSchema)

/**
 * The console's contract: the same calls over Electron's MessagePort, a WebSocket and OpenAPI. Every error is
 * `{code: 'FL_…', message, data}` from the catalogue; a stale command carries the present departure in `data.departure`.
 */
export const contract = {
  session: {
    /** Who is signed in on this connection. */
    current: oc.route({ method: 'GET', path: '/session' }).output(schema.actorSchema.nullable()),
    /** Signs this connection in; only where the transport has no cookie (Electron's port). */
    signIn: oc.input(schema.signInSchema).output(schema.actorSchema),
    signOut: oc.output(z.void()),
  },
  departures: {
    list: oc
      .route({ method: 'GET', path: '/departures' })
      .output(z.object({ departures: z.array(departureSchema), clock: schema.clockSchema })),
    /** The live board: a snapshot, then every change, with a pulse each few seconds. */
    watch: oc.route({ method: 'GET', path: '/departures/watch' }).output(eventIterator(schema.boardMessageSchema)),
    history: oc
      .route({ method: 'GET', path: '/departures/{id}/history' })
      .input(z.object({ id: schema.departureIdSchema }))
      .output(z.array(schema.historyEntrySchema)),
    setGate: command.route({ method: 'POST', path: '/departures/{id}/gate' }).input(schema.setGateSchema),
    setDelay: command.route({ method: 'POST', path: '/departures/{id}/delay' }).input(schema.setDelaySchema),
    setEstimate: command.route({ method: 'POST', path: '/departures/{id}/estimate' }).input(schema.setEstimateSchema),
    cancel: command.route({ method: 'POST', path: '/departures/{id}/cancel' }).input(schema.cancelSchema),
    reinstate: command.route({ method: 'POST', path: '/departures/{id}/reinstate' }).input(schema.reinstateSchema),
    markBoarding: command.route({ method: 'POST', path: '/departures/{id}/boarding' }).input(schema.markBoardingSchema),
    markDeparture: command
      .route({ method: 'POST', path: '/departures/{id}/departure' })
      .input(schema.markDepartureSchema),
    divert: command.route({ method: 'POST', path: '/departures/{id}/divert' }).input(schema.divertSchema),
  },
  broadcasts: {
    /** Counts before anything is sent. */
    preview: oc
      .route({ method: 'POST', path: '/broadcasts/preview' })
      .input(schema.previewSchema)
      .output(schema.previewAnswerSchema),
    send: oc
      .route({ method: 'POST', path: '/broadcasts' })
      .input(schema.sendBroadcastSchema)
      .output(schema.broadcastProgressSchema),
    progress: oc
      .route({ method: 'GET', path: '/broadcasts/{id}' })
      .input(z.object({ id: z.string().max(64) }))
      .output(schema.broadcastProgressSchema),
    latest: oc.route({ method: 'GET', path: '/broadcasts' }).output(z.array(schema.broadcastProgressSchema)),
  },
  system: {
    /** How the backend is doing: its parts and its processes. A desk that works on the stores itself has none to tell of. */
    read: oc.route({ method: 'GET', path: '/system' }).output(systemSnapshotSchema),
  },
}

/** The contract's type, for clients and handlers. */
export type Contract = typeof contract
