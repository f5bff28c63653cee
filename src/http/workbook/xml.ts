/**
 * A reader of the XML that workbooks are made of, bounded and without surprises: no document type (so no entities of its own,
 * which can grow without end or fetch what they name), elements known by their local names, depth bounded, everything closed.
 */

import { unfit } from './refusal.ts'

/** What a part's reader is told, in the order of the text. */
export interface XmlHandler {
  /** `attributes` is the text between name and end, for {@link attributesOf}: most elements are not asked. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

const depthMax = 64
const damaged = () => unfit('A part of the workbook is not well-formed; open it in Excel and save it again')

/** Text of a part: UTF-8, or UTF-16 with its mark (ECMA-376-1 allows both). @throws Problem `malformed-workbook`. */
export function decodeXml(bytes: Uint8Array): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(text.slice(0, 200))?.[1] ?? encoding
    if (!/^(?:utf-?8|utf-?16(?:le|be)?|us-ascii)$/i.test(declared)) throw damaged()
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  } catch {
    throw damaged()
  }
}

/** Walks through a part. @throws Problem `malformed-workbook`. */
export function scanXml(text: string, handler: XmlHandler): void {
  const open: string[] = []
  let at = 0
  while (at < text.length) {
    const tag = text.indexOf('<', at)
    const end = tag === -1 ? text.length : tag
    if (end > at && open.length > 0) handler.text(unescaped(text.slice(at, end)))
    if (tag === -1) break
    at = scanTag(text, tag, open, handler)
  }
  if (open.length > 0) throw damaged()
}

/** One thing that begins with `<`; answers where the next begins. */
function scanTag(text: string, at: number, open: string[], handler: XmlHandler): number {
  const mark = text[at + 1]
  if (mark === '?') return behind(text, '?>', at)
  if (mark === '!') return scanDeclaration(text, at, handler)
  const end = tagEnd(text, at)
  if (mark === '/') {
    const name = localName(text.slice(at + 2, end).trim())
    if (open.pop() !== name) throw damaged()
    handler.close(name)
    return end + 1
  }
  scanElement(text.slice(at + 1, end), open, handler)
  return end + 1
}

/** A comment or a section of plain characters; nothing else is declared in a workbook. */
function scanDeclaration(text: string, at: number, handler: XmlHandler): number {
  if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4)
  if (!text.startsWith('<![CDATA[', at))
    throw unfit('A part of the workbook has a document type, which no workbook has')
  const end = behind(text, ']]>', at)
  handler.text(text.slice(at + 9, end - 3))
  return end
}

function scanElement(inside: string, open: string[], handler: XmlHandler): void {
  const isEmpty = inside.endsWith('/')
  const content = isEmpty ? inside.slice(0, -1) : inside
  const space = content.search(/\s/)
  const name = localName(space === -1 ? content : content.slice(0, space))
  if (name === '' || open.length >= depthMax) throw damaged()
  handler.open(name, space === -1 ? '' : content.slice(space))
  if (isEmpty) handler.close(name)
  else open.push(name)
}

/** The `>` that ends a tag: not one inside a quoted value. */
function tagEnd(text: string, at: number): number {
  let quote = 0
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === 0x3e) return end
    else if (code === 0x22 || code === 0x27) quote = code
  }
  throw damaged()
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  if (at === -1) throw damaged()
  return at + mark.length
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Sticky, and each part unlike the next: a long text that is no attribute is left after one look. */
const attributeForm = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y

/** Attributes by their local names; of two with one local name the first. @throws Problem `malformed-workbook`. */
export function attributesOf(attributes: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null)
  let at = 0
  for (;;) {
    attributeForm.lastIndex = at
    const [whole, name = '', double, single] = attributeForm.exec(attributes) ?? []
    if (whole === undefined) break
    found[localName(name)] ??= unescaped(double ?? single ?? '')
    at += whole.length
  }
  if (attributes.slice(at).trim() !== '') throw damaged()
  return found
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:([^;&\s]{1,12});)?/g, (_, name: string | undefined) => characterOf(name ?? ''))
}

function characterOf(name: string): string {
  const named = entities.get(name)
  if (named !== undefined) return named
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name) ?? []
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  if (!(code > 0 && code <= 0x10ffff)) throw damaged()
  return String.fromCodePoint(code)
}
