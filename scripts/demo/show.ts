/** Bodies for a terminal: as they are, but shortened where they are long, saying by how much; secrets never. */

const widthMax = 110
const linesMax = 12
const textLinesMax = 5
const textMax = 96
const itemsMax = 3

/** Members whose value is a secret. */
const secret = new Set(['secret', 'access_token'])

/** Headers worth seeing. */
const telling = new Set(['idempotency-key', 'if-match', 'accept'])

/** A body as text: JSON, laid out; long texts, long lists and long documents shortened, each saying what was left out. */
export function shownBody(body: unknown): string {
  const isText = typeof body === 'string'
  const lines = (isText ? body.trimEnd() : laidOut(shortened(body), '')).split('\n').map(shortLine)
  const most = isText ? textLinesMax : linesMax
  if (lines.length <= most) return lines.join('\n')
  return [...lines.slice(0, most - 1), `… (${lines.length - most + 1} more lines)`].join('\n')
}

/** Headers on the request's own line. */
export function shownHeaders(headers: Readonly<Record<string, string>>): string {
  const shown = Object.entries(headers).filter(([name]) => telling.has(name))
  return shown.map(([name, value]) => `  ${name}: ${value}`).join('')
}

/** JSON on one line where it fits, else on as few lines as its members fill. */
function laidOut(value: unknown, margin: string): string {
  const short = onOneLine(value)
  if (typeof value !== 'object' || value === null || margin.length + short.length <= widthMax) return short
  const inner = `${margin}  `
  const [open, shut] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const members = Object.entries(value).map(([key, member]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `
    return `${name}${laidOut(member, inner)}`
  })
  return `${open} ${filled(members, inner)} ${shut}`
}

/** Members side by side while they fit; one of several lines stands alone. */
function filled(members: readonly string[], margin: string): string {
  const lines: string[] = []
  for (const member of members) {
    const last = lines.at(-1)
    const joined = `${last}, ${member}`
    const fits = last !== undefined && !joined.includes('\n') && margin.length + joined.length <= widthMax
    if (fits) lines[lines.length - 1] = joined
    else lines.push(member)
  }
  return lines.join(`,\n${margin}`)
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function shortened(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return secret.has(name) ? '…(kept secret)' : shortText(value)
  if (Array.isArray(value)) return shortList(value)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, shortened(member, key)]))
}

function shortList(items: readonly unknown[]): unknown[] {
  const shown = items.slice(0, itemsMax).map((item) => shortened(item))
  return items.length > itemsMax ? [...shown, `… (${items.length - itemsMax} more)`] : shown
}

function shortText(text: string): string {
  return text.length <= textMax ? text : `${text.slice(0, textMax - 24)}… (${text.length} characters)`
}

function shortLine(line: string): string {
  return line.length <= 160 ? line : `${line.slice(0, 140)}… (${line.length} characters)`
}
