/**
 * Text files as people have them: UTF-8, UTF-16 with a byte order mark, and what Excel writes on a Chinese Windows. An
 * encoding is read because it is marked or declared, never because it seems likely: a wrong guess changes names in silence.
 */

import { decodeUtf8 } from '../json/encoding.ts'
import { isProblem, Problem, type ProblemFacts } from '../problem.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** Names that a content type may give, and what is read by them; GB 18030 holds GBK, and GBK holds GB 2312. */
const charsets: Readonly<Record<string, Encoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
}

const marks: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * The text of a CSV file, without its byte order mark.
 *
 * @param contentType as it came with the bytes; its `charset` declares an encoding.
 * @throws Problem `malformed-csv`, `unsupported-media-type` for a charset that nobody reads here.
 */
export function decodeSentText(bytes: Uint8Array, contentType: string): string {
  const declared = declaredCharset(contentType)
  const [marked, mark] =
    marks.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte)) ?? []
  refuseContradiction(declared, marked)
  const body = bytes.subarray(mark?.length ?? 0)
  const encoding = marked ?? declared ?? 'utf-8'
  if (encoding === 'utf-8') return decodeMaybeUtf8(body)
  if (encoding === 'gb18030') refuseUtf8(body)
  if (encoding === 'utf-16') {
    throw unreadable('UTF-16 begins with a byte order mark; save the file as "CSV UTF-8".')
  }
  return decodeStrictly(encoding, body)
}

function declaredCharset(contentType: string): Encoding | 'utf-16' | undefined {
  const given = /;\s*charset\s*=\s*"?([^";\s]*)"?/i.exec(contentType)?.[1]?.toLowerCase()
  if (given === undefined) return undefined
  if (Object.hasOwn(charsets, given)) return charsets[given]
  const accepted = ['utf-8', 'utf-16', 'gb18030', 'gbk', 'gb2312']
  throw new Problem(
    'unsupported-media-type',
    `The charset "${given.slice(0, 40)}" is not read here; save the file as UTF-8.`,
    { header: 'Content-Type', given: given.slice(0, 40), accepted },
  )
}

function refuseContradiction(declared: Encoding | 'utf-16' | undefined, marked: Encoding | undefined): void {
  if (declared === undefined || marked === undefined || declared === marked) return
  if (declared === 'utf-16' && marked.startsWith('utf-16')) return
  throw unreadable(
    `The Content-Type says ${declared}, and the file's byte order mark says ${marked}; send it with the charset that it has.`,
    { declared, marked },
  )
}

function decodeMaybeUtf8(bytes: Uint8Array): string {
  if (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0)) {
    throw unreadable('The file looks like UTF-16 without a byte order mark; save it as "CSV UTF-8".')
  }
  try {
    return decodeUtf8(bytes)
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    throw notUtf8(thrown, bytes)
  }
}

/** The refusal of bytes that are not UTF-8, which says so where they read as Chinese in GB 18030. */
function notUtf8({ facts: { detail, ...facts } }: Problem, bytes: Uint8Array): Problem {
  if (!looksChinese(bytes)) return new Problem('malformed-csv', String(detail), facts)
  const { line, column } = facts
  return unreadable(
    `Line ${line}, column ${column}: the file is not UTF-8 and looks like GBK, as Excel saves "CSV" on a Chinese Windows. Save it as "CSV UTF-8 (comma delimited)", or send it with the content type "text/csv; charset=gb18030".`,
    { ...facts, looksLike: 'gb18030' },
  )
}

/** Characters looked at to tell Chinese from chance. */
const sampleSize = 1000

/** Bytes that are decoded to look at them: some decoders take seconds for megabytes that are no text. */
const windowSize = 64 * 1024

/** From a line with something beside ASCII on; a character cut at the end is not the bytes' fault. */
function windowOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f)
  const lineStart = bytes.lastIndexOf(0x0a, first) + 1
  const start = first - lineStart > windowSize / 2 ? first : lineStart
  return bytes.subarray(start, start + windowSize)
}

function looksChinese(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(windowOf(bytes), { stream: true })
    let sample = ''
    for (const [run] of text.matchAll(/\P{ASCII}{1,1000}/gu)) {
      sample += run
      if (sample.length >= sampleSize) break
    }
    return (sample.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/gu) ?? []).length * 2 > sample.length
  } catch {
    return false
  }
}

/** Chinese in UTF-8 mostly reads as GB 18030 too, and comes out as other Chinese: 电 would become 鐢. */
function refuseUtf8(bytes: Uint8Array): void {
  let text: string
  try {
    text = decodeUtf8(bytes)
  } catch {
    return
  }
  if (!/\p{Script=Han}/u.test(text)) return
  throw unreadable(
    'The Content-Type says GB 18030, and the bytes are Chinese in UTF-8; send the file as "text/csv; charset=utf-8".',
    { declared: 'gb18030', looksLike: 'utf-8' },
  )
}

function decodeStrictly(encoding: Encoding, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const name = encoding === 'gb18030' ? 'GB 18030' : 'UTF-16'
    throw unreadable(`The file is not valid ${name}; save it as "CSV UTF-8".`, { declared: encoding })
  }
}

function unreadable(detail: string, facts: ProblemFacts = {}): Problem {
  return new Problem('malformed-csv', detail, { line: 1, column: 1, ...facts })
}
