/** Reads 32 bytes written in hex or base64 (either alphabet). @returns `undefined` for anything else */
export function parseKey(text: string): Buffer | undefined {
  if (/^[\da-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined
  return Buffer.from(text, 'base64')
}

/** Whether {@link parseKey} can read it. */
export function isKey(text: string): boolean {
  return parseKey(text) !== undefined
}
