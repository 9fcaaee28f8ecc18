/** Reasons as passengers read them: a key for a translated sentence, never a delay code. */
export const publicReasons = [
  'AIRCRAFT_CHANGE',
  'AIRPORT_FACILITIES',
  'AIRPORT_RESTRICTION',
  'AIR_TRAFFIC',
  'BAGGAGE',
  'BOARDING',
  'BORDER_CONTROL',
  'CARGO',
  'CATERING',
  'CLEANING',
  'CONNECTION',
  'CREW',
  'DEICING',
  'FUELLING',
  'GATE_UNAVAILABLE',
  'GROUND_HANDLING',
  'INDUSTRIAL_ACTION',
  'IT_SYSTEMS',
  'LATE_AIRCRAFT',
  'OPERATIONAL',
  'PASSENGER_HANDLING',
  'SECURITY',
  'TECHNICAL',
  'WEATHER',
] as const

/** A member of {@link publicReasons}. */
export type PublicReason = (typeof publicReasons)[number]
