import { escapeHtml } from './plain.ts'

/** What a message says, before it becomes text or HTML. Every member is one line of plain text. */
export interface Letter {
  /** Language of the words, for screen readers. */
  readonly language: string
  readonly subject: string
  readonly headlines: readonly string[]
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly paragraphs: readonly string[]
  /** Where the paragraphs above lead; shown as a button. */
  readonly link: { readonly text: string; readonly url: string }
  readonly footers: readonly string[]
}

/** Writes the text part; the greeting comes first. */
export function letterToText(letter: Letter, greeting: string): string {
  const rows = letter.rows.map(({ label, value }) => `${label}: ${value}`)
  const blocks = [
    [greeting],
    letter.headlines,
    rows,
    ...letter.paragraphs.map((paragraph) => [paragraph]),
    [letter.link.text],
    ['--', ...letter.footers],
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
}

const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const [ink, quiet, line, accent] = ['#14202b', '#51606d', '#d8dfe5', '#0b5cad']

/** Writes the HTML part: one column that fits a phone, no images, nothing loaded from outside. */
export function letterToHtml(letter: Letter, greeting: string): string {
  const [first = '', ...more] = letter.headlines
  const body = [
    paragraph(greeting),
    `<h1 style="margin:0 0 12px;font-size:22px;line-height:1.3">${escapeHtml(first)}</h1>`,
    ...more.map((text) => `<p style="margin:0 0 12px;font-size:18px"><strong>${escapeHtml(text)}</strong></p>`),
    table(letter.rows),
    ...letter.paragraphs.map(paragraph),
    button(letter.link),
    footer(letter.footers),
  ].join('\n')
  return `<!doctype html>
<html lang="${escapeHtml(letter.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(letter.subject)}</title>
</head>
<body style="margin:0;padding:24px 16px;background:#f3f6f8;color:${ink};${font};font-size:16px;line-height:1.5">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid ${line};border-radius:12px">
${body}
</div>
</body>
</html>
`
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 12px">${escapeHtml(text)}</p>`
}

function table(rows: Letter['rows']): string {
  if (rows.length === 0) return ''
  const cell = `padding:8px 0;border-top:1px solid ${line};vertical-align:top;text-align:left`
  const lines = rows.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${cell};padding-right:16px;font-weight:normal;color:${quiet}">${escapeHtml(label)}</th>` +
      `<td style="${cell}">${escapeHtml(value)}</td></tr>`,
  )
  return `<table style="width:100%;border-collapse:collapse;margin:0 0 16px">${lines.join('')}</table>`
}

function button({ text, url }: Letter['link']): string {
  const look = `display:inline-block;padding:10px 18px;border-radius:8px;background:${accent};color:#ffffff;text-decoration:none`
  const label = text.replace(url, '').replace(/\s*:\s*$/, '')
  return `<p style="margin:16px 0 20px"><a href="${escapeHtml(url)}" style="${look}">${escapeHtml(label)}</a></p>`
}

function footer(footers: readonly string[]): string {
  const lines = footers.map((text) => `<p style="margin:0 0 6px">${linkify(text)}</p>`)
  return `<div style="padding-top:12px;border-top:1px solid ${line};color:${quiet};font-size:13px">${lines.join('')}</div>`
}

function linkify(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}" style="color:${quiet}">${url}</a>`)
}
