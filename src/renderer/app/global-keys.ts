/** What a key means when no field and no editable cell takes it. */
export type GlobalIntent = 'search' | 'now' | 'help' | 'time' | 'system'

/** A key as it arrives at the window. */
export interface PressedKey {
  readonly key: string
  readonly hasModifier: boolean
  /** A field, an editable cell or a dialogue has the focus. */
  readonly isTaken: boolean
}

const intents: Readonly<Record<string, GlobalIntent | undefined>> = {
  '/': 'search',
  n: 'now',
  '?': 'help',
  u: 'time',
  s: 'system',
}

/** What a key pressed anywhere means, if anything. */
export function globalIntent({ key, hasModifier, isTaken }: PressedKey): GlobalIntent | undefined {
  return hasModifier || isTaken ? undefined : intents[key]
}
