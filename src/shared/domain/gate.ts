import { FlightlineError } from '../lib/errors.ts'

const gatePattern = /^[A-Z0-9]{1,6}$/

/**
 * Brings the name of a gate, stand or terminal into its one form: upper case, no blanks.
 * @throws FlightlineError `FL_GATE_INVALID` when it is not one to six letters and digits
 */
export function normalizeGate(text: string): string {
  const gate = text.replace(/\s+/g, '').toUpperCase()
  if (!gatePattern.test(gate)) throw new FlightlineError('FL_GATE_INVALID', { gate: text.slice(0, 20) })
  return gate
}
