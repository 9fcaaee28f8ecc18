/** Models as registers write them, with the short designator that staff read; the first that fits wins. */
const designators: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [
    /^(A3[0-4]\d)-([2-9])\d\d/,
    ([, family = '', series]) => (family < 'A330' ? family : `${family.slice(0, 3)}${series}`),
  ],
  [/^7([1-8])7-([1-9])/, ([, family, series]) => (family === '1' ? 'B712' : `B7${family}${series}`)],
  [/^(EMB-|ERJ-?)1(35|40|45)/, ([, , size]) => `E1${size}`],
  [/^ERJ 1([79])0/, ([, size]) => `E1${size}0`],
  [/^CL-600-2B19/, () => 'CRJ2'],
  [/^CL-600-2C10/, () => 'CRJ7'],
  [/^CL-600-2D24/, () => 'CRJ9'],
  [/^DC-9-(8[1-8])/, ([, series]) => `MD${series}`],
  [/^DC-9/, () => 'DC9'],
  [/^MD-?(8\d|90)/, ([, series]) => `MD${series}`],
]

/**
 * The short type designator of an aircraft model, e.g. `B738` for `737-824`.
 * @returns `undefined` for models that no airline of these days flew; staff then see none rather than a wrong one
 */
export function aircraftType(model: string): string | undefined {
  for (const [pattern, designate] of designators) {
    const found = pattern.exec(model)
    if (found) return designate(found)
  }
  return undefined
}
