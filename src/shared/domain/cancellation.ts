/**
 * Why a departure was cancelled, as schedule messages code it (IATA SSIM, chapters 4 and 5, change reasons).
 * Keys are the standard's; the words are ours.
 */
export const cancellationReasons = {
  AIRS: 'Airspace closed or restricted',
  ARPT: 'Airport or runway facilities',
  COMM: 'Commercial decision',
  CREW: 'Crew not available',
  DAMA: 'Aircraft damaged',
  EQUI: 'Aircraft not available',
  FUEL: 'Fuel shortage',
  HDLG: 'Ground handling',
  INDU: 'Industrial action',
  OPER: 'Operational decision',
  PERF: 'Aircraft performance',
  POLI: 'Political decision',
  ROTA: 'Aircraft needed elsewhere in its rotation',
  TECH: 'Technical defect',
  WEAT: 'Weather',
} as const

/** A key of {@link cancellationReasons}. */
export type CancellationReason = keyof typeof cancellationReasons

/** Whether `key` names a reason for a cancellation. */
export function isCancellationReason(key: string): key is CancellationReason {
  return Object.hasOwn(cancellationReasons, key)
}
