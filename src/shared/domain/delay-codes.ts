import type { PublicReason } from './public-reason.ts'

/** One entry of the delay-code list. */
export interface DelayCode {
  /** Two digits. */
  readonly code: string
  /** The two-letter form, or `''` where the list has none. */
  readonly alpha: string
  /** What it stands for, in our own words. */
  readonly label: string
  /** What passengers are told instead. */
  readonly publicReason: PublicReason
  /** The code alone says nothing: a remark must. */
  readonly needsRemark: boolean
}

// [code, alpha, label, public reason]: a table, so that a reader can hold it against the standard's list line by line.
const rows: readonly (readonly [string, string, string, PublicReason])[] = [
  ['00', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['01', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['02', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['03', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['04', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['05', '', 'Free for the airline to define', 'OPERATIONAL'],
  ['06', 'OA', "No gate or stand, caused by own airline's activity", 'GATE_UNAVAILABLE'],
  ['07', '', 'Aircraft connection, maintenance', 'LATE_AIRCRAFT'],
  ['08', '', 'Aircraft connection, other departments', 'LATE_AIRCRAFT'],
  ['09', 'SG', 'Scheduled ground time shorter than declared minimum', 'OPERATIONAL'],
  ['11', 'PD', 'Late check-in, accepted after deadline', 'PASSENGER_HANDLING'],
  ['12', 'PL', 'Check-in area congestion', 'PASSENGER_HANDLING'],
  ['13', 'PE', 'Check-in error, passenger or bag', 'PASSENGER_HANDLING'],
  ['14', 'PO', 'Oversales, booking error', 'PASSENGER_HANDLING'],
  ['15', 'PH', 'Boarding: discrepancies, paging, missing checked-in passenger', 'BOARDING'],
  [
    '16',
    'PS',
    'Commercial publicity / passenger convenience: VIP, press, ground meals, lost personal items',
    'PASSENGER_HANDLING',
  ],
  ['17', 'PC', 'Catering order late or wrong', 'CATERING'],
  ['18', 'PB', 'Baggage processing, sorting', 'BAGGAGE'],
  ['19', 'PW', 'Reduced-mobility boarding/deboarding', 'BOARDING'],
  ['21', 'CD', 'Documents, errors', 'CARGO'],
  ['22', 'CP', 'Late positioning', 'CARGO'],
  ['23', 'CC', 'Late acceptance', 'CARGO'],
  ['24', 'CI', 'Inadequate packing', 'CARGO'],
  ['25', 'CO', 'Oversales, booking error', 'CARGO'],
  ['26', 'CU', 'Late preparation in warehouse', 'CARGO'],
  ['27', 'CE', 'Mail: documents, packing', 'CARGO'],
  ['28', 'CL', 'Mail: late positioning', 'CARGO'],
  ['29', 'CA', 'Mail: late acceptance', 'CARGO'],
  ['31', 'GD', 'Aircraft documents late/wrong: load sheet, GenDec, manifest', 'GROUND_HANDLING'],
  ['32', 'GL', 'Loading/unloading: bulky, special, cabin load, staff', 'GROUND_HANDLING'],
  ['33', 'GE', 'Loading equipment missing or broken, or its staff', 'GROUND_HANDLING'],
  ['34', 'GS', 'Servicing equipment missing or broken, or its staff (e.g. steps)', 'GROUND_HANDLING'],
  ['35', 'GC', 'Cleaning', 'CLEANING'],
  ['36', 'GF', 'Fuelling/defuelling, supplier', 'FUELLING'],
  ['37', 'GB', 'Catering delivery or loading late', 'CATERING'],
  ['38', 'GU', 'ULD missing or unserviceable', 'GROUND_HANDLING'],
  ['39', 'GT', 'Technical equipment missing or broken, or its staff (e.g. pushback)', 'GROUND_HANDLING'],
  ['41', 'TD', 'Aircraft defect', 'TECHNICAL'],
  ['42', 'TM', 'Scheduled maintenance, late release', 'TECHNICAL'],
  ['43', 'TN', 'Non-scheduled maintenance, special checks', 'TECHNICAL'],
  ['44', 'TS', 'Spares / maintenance equipment missing or broken', 'TECHNICAL'],
  ['45', 'TA', 'AOG spares to be carried to another station', 'TECHNICAL'],
  ['46', 'TC', 'Aircraft change for technical reasons', 'AIRCRAFT_CHANGE'],
  ['47', 'TL', 'Planned standby aircraft missing for technical reasons', 'TECHNICAL'],
  ['48', 'TV', 'Planned cabin configuration/version change', 'AIRCRAFT_CHANGE'],
  ['51', 'DF', 'Damage in flight ops: bird, lightning, turbulence, hard landing, taxi collision', 'TECHNICAL'],
  ['52', 'DG', 'Damage on ground: collision, loading, contamination, towing, extreme weather', 'TECHNICAL'],
  ['55', 'ED', 'Departure control system', 'IT_SYSTEMS'],
  ['56', 'EC', 'Cargo preparation/documentation system', 'IT_SYSTEMS'],
  ['57', 'EF', 'Flight-plan system', 'IT_SYSTEMS'],
  ['58', 'EO', 'Other automated system', 'IT_SYSTEMS'],
  ['61', 'FP', 'Flight plan late or changed, flight documents', 'OPERATIONAL'],
  ['62', 'FF', 'Operational requirement, fuel, load change', 'OPERATIONAL'],
  ['63', 'FT', 'Late crew boarding/procedures (flight deck or whole crew), not connection or standby', 'CREW'],
  ['64', 'FS', 'Flight-deck crew shortage: sickness, standby, duty limits, documents', 'CREW'],
  ['65', 'FR', 'Flight-deck special request, not operational', 'CREW'],
  ['66', 'FL', 'Late cabin crew boarding/procedures, not connection or standby', 'CREW'],
  ['67', 'FC', 'Cabin crew shortage', 'CREW'],
  ['68', 'FA', 'Cabin crew error or special request', 'CREW'],
  ['69', 'FB', 'Captain asks for extraordinary security check', 'SECURITY'],
  ['71', 'WO', 'Departure station', 'WEATHER'],
  ['72', 'WT', 'Destination station', 'WEATHER'],
  ['73', 'WR', 'En route or alternate', 'WEATHER'],
  ['75', 'WI', 'De-icing of aircraft (not equipment failure)', 'DEICING'],
  ['76', 'WS', 'Clearing snow, ice, water, sand from airport', 'WEATHER'],
  ['77', 'WG', 'Ground handling impaired by weather', 'WEATHER'],
  ['81', 'AT', 'ATFM, en-route demand/capacity', 'AIR_TRAFFIC'],
  ['82', 'AX', 'ATFM, en-route staff/equipment: strike, shortage, failure, military', 'AIR_TRAFFIC'],
  ['83', 'AE', 'ATFM, restriction at destination: closure, strike, curfew, noise', 'AIR_TRAFFIC'],
  ['84', 'AW', 'ATFM, weather at destination', 'WEATHER'],
  ['85', 'AS', 'Mandatory security', 'SECURITY'],
  ['86', 'AG', 'Immigration, customs, health', 'BORDER_CONTROL'],
  ['87', 'AF', 'Airport facilities: stands, ramp congestion, lighting, buildings, gates', 'AIRPORT_FACILITIES'],
  ['88', 'AD', 'Restriction at destination airport without ATFM', 'AIRPORT_RESTRICTION'],
  [
    '89',
    'AM',
    'Restriction at departure airport with/without ATFM: start-up, pushback, closure, curfew',
    'AIRPORT_RESTRICTION',
  ],
  ['91', 'RL', 'Load connection, waiting for load from another flight', 'CONNECTION'],
  ['92', 'RT', 'Through check-in error', 'CONNECTION'],
  ['93', 'RA', 'Rotation: late aircraft from another flight or sector', 'LATE_AIRCRAFT'],
  ['94', 'RS', 'Waiting for cabin crew from another flight', 'CREW'],
  ['95', 'RC', 'Waiting for crew from another flight (flight deck or all)', 'CREW'],
  ['96', 'RO', 'Operations control: re-route, diversion, consolidation, non-technical aircraft change', 'OPERATIONAL'],
  ['97', 'MI', 'Industrial action, own airline', 'INDUSTRIAL_ACTION'],
  ['98', 'MO', 'Industrial action, outside own airline (not ATS)', 'INDUSTRIAL_ACTION'],
  ['99', 'MX', 'Other', 'OPERATIONAL'],
]

const withRemark: ReadonlySet<string> = new Set(['99'])

/**
 * The complete list of delay codes (IATA Airport Handling Manual, AHM 730), paraphrased. Codes the standard leaves
 * unassigned (10, 20, 30, 40, 49, 50, 53, 54, 59, 60, 70, 74, 78, 79, 80, 90) are absent and therefore refused.
 */
export const delayCodes: readonly DelayCode[] = rows.map(([code, alpha, label, publicReason]) => ({
  code,
  alpha,
  label,
  publicReason,
  needsRemark: withRemark.has(code),
}))

const byCode: ReadonlyMap<string, DelayCode> = new Map(
  delayCodes.flatMap((entry) =>
    entry.alpha
      ? [
          [entry.code, entry],
          [entry.alpha, entry],
        ]
      : [[entry.code, entry]],
  ),
)

/**
 * Looks a delay code up by its two digits or its two letters, in either case.
 * @returns the entry, or `undefined` for a code that the list does not assign
 */
export function findDelayCode(code: string): DelayCode | undefined {
  return byCode.get(code.toUpperCase())
}
