import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import * as schema from './desktop-schemas.ts'

/**
 * What a page asks of the desktop around it, besides the desk service: served by Electron's main process on the same
 * MessagePort, under `desktop`. A browser-hosted console has none of it.
 */
export const desktopContract = {
  state: {
    /** The present state, then every change of it. */
    watch: oc.output(eventIterator(schema.desktopStateSchema)),
  },
  settings: {
    read: oc.output(schema.settingsViewSchema),
    /** Tries what a draft names, and keeps nothing. */
    test: oc.input(schema.settingsDraftSchema).output(z.array(schema.settingsCheckSchema)),
    /**
     * Tries, and only when everything answers saves and goes over to it. Before the first save and while the store is
     * lost anybody at this machine may; otherwise an administrator.
     */
    save: oc.input(schema.settingsDraftSchema).output(z.array(schema.settingsCheckSchema)),
  },
  board: {
    /** What this desk saw last, for the person who is signed in on it; `null` when there is nothing to show. */
    recall: oc.output(schema.recollectionSchema.nullable()),
  },
  commands: {
    /** Resolves when the command is on disk. Called before it is sent, so that no crash loses it. */
    keep: oc.input(schema.keptCommandSchema).output(z.void()),
    /** It was answered, or put away by its owner. */
    forget: oc.input(z.object({ commandId: z.uuid() })).output(z.void()),
    /** Takes over the owner's commands that no open page holds any more: after a crash, a closed window, a restart. */
    claim: oc.input(z.object({ owner: z.string().max(64) })).output(z.array(schema.keptCommandSchema)),
  },
  windows: {
    /** What this window is for. */
    purpose: oc.output(schema.windowPurposeSchema),
    /** Changes it, e.g. into a wall display. */
    become: oc.input(schema.windowPurposeSchema).output(z.void()),
    /** Opens another window. */
    open: oc.input(schema.windowPurposeSchema).output(z.void()),
  },
  intents: {
    /** What menu, tray and deep links ask of this page, from before it was loaded, too. */
    watch: oc.output(eventIterator(schema.intentSchema)),
  },
  attention: {
    report: oc.input(schema.attentionSchema).output(z.void()),
    alert: oc.input(schema.alertSchema).output(z.void()),
  },
}

/** The desktop contract's type. */
export type DesktopContract = typeof desktopContract
