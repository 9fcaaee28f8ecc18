/** Ready-made broadcasts by name; a supervisor may also write freely. */
export const broadcastTemplates = {
  'weather-delays':
    'Because of the weather, departures are delayed. Please stay near your gate and watch this page; we tell you as soon as your new time is firm.',
  'gate-area': 'Please stay in the gate area: your flight may board at short notice.',
  'next-information':
    'We do not have a firm departure time yet. The next information follows within 30 minutes on this page and by message.',
  rebooking:
    'If your flight was cancelled, you can rebook free of charge at the service desk or in the app; you need not queue.',
} as const

/** The name of a ready-made broadcast. */
export type BroadcastTemplate = keyof typeof broadcastTemplates

/** Whether `name` is one of the list. */
export function isBroadcastTemplate(name: string): name is BroadcastTemplate {
  return Object.hasOwn(broadcastTemplates, name)
}
