// Control characters, line separators and marks that change the direction of text: none belongs in a name or a gate.
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/**
 * Brings a value from outside into one line without control or direction marks, so that it can neither start a header
 * nor dress up as other text.
 * @param limit - longest result in characters
 */
export function toLine(text: string, limit = 120): string {
  const line = text.replace(unwanted, ' ').replace(/ {2,}/g, ' ').trim()
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}

/** As {@link toLine} for text of several lines, such as a supervisor's words. */
export function toLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => toLine(line, 2_000))
    .filter((line) => line !== '')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for HTML content and attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

/** Whether this can be the one address of a message. Stricter than the standard: no quotes, lists or comments. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/.test(text)
}
