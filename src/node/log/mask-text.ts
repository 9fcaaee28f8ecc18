// Each pattern keeps what tells an operator something (scheme, host) and drops what tells who.
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@]{1,500}@/gi, '$1[credentials]@'],
  [/([?&][\w-]{0,40}(?:token|key|secret|password|code|signature)=)[^&\s"']+/gi, '$1[secret]'],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/[^\s@"'<>:,;()[\]{}]{1,64}@(?:[\p{L}\d-]{1,63}\.)+\p{L}{2,}/gu, '[address]'],
  [/\+\d[\d\s().-]{5,20}\d/g, '[phone]'],
]

/** Replaces e-mail addresses, phone numbers, credentials in URLs and bearer tokens, wherever they stand in a text. */
export function maskText(text: string): string {
  return patterns.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text)
}
