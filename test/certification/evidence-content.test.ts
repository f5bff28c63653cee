import { describe, expect, test } from 'vitest'
import { Inspector } from '../../src/certification/evidence-content/inspect.ts'
import {
  type EvidenceMediaType,
  evidenceMediaTypes,
} from '../../src/certification/evidence-content/media-types.ts'
import {
  bytes,
  csvInGb18030,
  docx,
  heic,
  hexDigest,
  jpeg,
  ofd,
  pdf,
  png,
  text,
  webp,
  xlsx,
  zip,
} from './made-evidence.ts'

/** What comes of a file, read in pieces of a size; `kept`, or the reason. */
function verdict(file: Uint8Array, mediaType: EvidenceMediaType, piece = file.length): string {
  const inspector = new Inspector()
  for (let at = 0; at < file.length; at += piece) inspector.push(file.subarray(at, at + piece))
  const said = inspector.against({ size: file.length, sha256: hexDigest(file), mediaType })
  return said.outcome === 'kept' ? 'kept' : said.reason
}

const office = 'application/vnd.openxmlformats-officedocument'
const sheet = `${office}.spreadsheetml.sheet` as const
const invoiceXml = '<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header/></EInvoice>\n'

const good: readonly (readonly [EvidenceMediaType, string, Uint8Array])[] = [
  ['application/pdf', 'a page', pdf()],
  ['application/pdf', 'with bytes that are no text', bytes(pdf(), '\xe2\xe3\xcf\xd3', '\n%%EOF')],
  ['application/ofd', 'an invoice', ofd()],
  ['image/jpeg', 'a pixel', jpeg()],
  ['image/jpeg', 'with what a telephone writes behind it', bytes(jpeg(), new Uint8Array(500).fill(7))],
  ['image/png', 'a pixel', png()],
  ['image/heic', 'by its own brand', heic()],
  ['image/heic', 'of an older telephone', heic('heix')],
  ['image/webp', 'a pixel', webp()],
  [sheet, 'a workbook', xlsx()],
  [`${office}.wordprocessingml.document`, 'a document', docx()],
  ['text/csv', 'in UTF-8', text('电表,kWh\r\nA-1,118400\r\n')],
  ['text/csv', 'with a byte order mark', bytes('\xef\xbb\xbf', text('电表,kWh\r\n'))],
  ['text/csv', 'in GB18030', csvInGb18030],
  ['text/csv', 'that begins like a program', text('MZ-1,kWh\r\n')],
  ['text/plain', 'a note', text('Read at noon: 5 < 6.\n')],
  ['application/xml', 'an invoice', text(invoiceXml)],
  ['application/xml', 'an envelope with a body', text('<s:Envelope xmlns:s="x"><s:Body/></s:Envelope>')],
]

describe('a file of a type that can be evidence', () => {
  test.each(good)('%s, %s, is kept, in whatever pieces it comes', (type, _what, file) => {
    for (const piece of [file.length, 1, 7, 64]) expect(verdict(file, type, piece)).toBe('kept')
  })

  test.each(good)('%s, %s, is nothing else', (type, _what, file) => {
    const others = evidenceMediaTypes.filter((other) => other !== type)
    const taken = others.filter((other) => verdict(file, other) !== 'type-differs')
    // A text is a table or a note as whoever wrote it says.
    expect(taken).toEqual(type === 'text/csv' ? ['text/plain'] : type === 'text/plain' ? ['text/csv'] : [])
  })

  test('covers every type there is', () => {
    expect(new Set(good.map(([type]) => type))).toEqual(new Set(evidenceMediaTypes))
  })
})

const manyZeros = new Uint8Array(70 * 1024 * 1024)

const bad: readonly (readonly [string, EvidenceMediaType, string, Uint8Array])[] = [
  ['executable', 'application/pdf', 'a program of Windows', bytes('MZ\x90\x00\x03\x00', new Uint8Array(60))],
  ['executable', 'image/jpeg', 'a program of Linux', bytes('\x7fELF\x02\x01\x01', new Uint8Array(60))],
  ['executable', 'text/plain', 'a script', text('#!/bin/sh\necho 1\n')],
  ['executable', 'application/ofd', 'an invoice with a program', ofd({ 'Doc_0/Res/run.exe': 'MZ' })],
  ['active-content', 'text/plain', 'HTML', text('<!DOCTYPE html><html><body>1</body></html>')],
  ['active-content', 'text/plain', 'a piece of HTML', text('<table><tr><td>1</td></tr></table>')],
  ['active-content', 'text/csv', 'a script within a table', text('a,b\n1,<ScRiPt>alert(1)</script>\n')],
  [
    'active-content',
    'application/xml',
    'SVG with a script',
    text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  ],
  ['active-content', 'application/xml', 'XHTML', text('<x xmlns="http://www.w3.org/1999/xhtml"/>')],
  [
    'active-content',
    'application/xml',
    'entities that grow',
    text('<!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>'),
  ],
  ['active-content', 'application/xml', 'a style sheet', text('<?xml-stylesheet href="x"?><a/>')],
  ['active-content', 'application/pdf', 'a PDF that is HTML', pdf('<html><script>alert(1)</script>')],
  ['active-content', 'image/jpeg', 'a photograph that is HTML', jpeg('<script>alert(1)</script>')],
  ['active-content', sheet, 'a workbook with macros', xlsx({ 'xl/vbaProject.bin': 'x' })],
  ['active-content', 'application/ofd', 'an invoice with HTML', ofd({ 'Doc_0/a.html': 'x' })],
  ['unknown-content', 'image/png', 'a GIF that is a script', bytes('GIF89a/*', new Uint8Array(9), '*/=1;')],
  ['unknown-content', 'image/heic', 'AVIF', heic('avif')],
  ['unknown-content', 'text/plain', 'UTF-16', bytes('\xff\xfea\x00b\x00')],
  ['unknown-content', 'text/plain', 'text with a zero', text('a\u0000b')],
  ['archive', 'application/ofd', 'a zip of something', zip({ 'a.txt': 'a' })],
  ['archive', 'application/ofd', 'a gzip', bytes('\x1f\x8b\x08\x00\x00\x00\x00\x00')],
  [
    'archive',
    'application/ofd',
    'two things at once',
    ofd({ '[Content_Types].xml': 'x', 'xl/workbook.xml': 'x' }),
  ],
  ['archive', 'application/ofd', 'a way out of the folder', ofd({ '../../etc/passwd': 'x' })],
  ['archive', 'image/jpeg', 'a photograph with a zip behind it', bytes(jpeg(), zip({ 'a.txt': 'a' }))],
  ['archive', 'application/pdf', 'a PDF with a zip behind it', bytes(pdf(), zip({ 'a.txt': '%%EOF' }))],
  ['damaged', 'application/pdf', 'a PDF cut off', pdf().slice(0, 60)],
  ['damaged', 'image/jpeg', 'a photograph cut off', jpeg().slice(0, -2)],
  [
    'damaged',
    'image/jpeg',
    'a photograph without an image',
    bytes('\xff\xd8\xff\xe1\x00\x02\xff\xda\xff\xd9', new Uint8Array(20)),
  ],
  ['damaged', 'image/png', 'a picture cut off', png().slice(0, -12)],
  ['damaged', 'image/webp', 'a picture cut off', webp().slice(0, -4)],
  ['damaged', 'application/ofd', 'an invoice cut off', ofd().slice(0, -30)],
  ['damaged', 'application/ofd', 'an invoice with something behind it', bytes(ofd(), 'x')],
  ['damaged', 'application/ofd', 'something between entries and directory', gapped(ofd())],
  ['damaged', 'application/xml', 'XML cut off', text(invoiceXml.slice(0, -5))],
  ['expands-too-far', 'application/ofd', 'zeros without end', ofd({ 'Doc_0/Res/zeros': manyZeros })],
  ['expands-too-far', 'application/ofd', 'entries that share their bytes', sharing(ofd())],
]

/** A zip with a byte before its directory that its own figures do not know of. */
function gapped(file: Uint8Array): Uint8Array {
  const at = new DataView(file.buffer).getUint32(file.length - 6, true)
  return bytes(file.slice(0, at), 0, file.slice(at))
}

/** A zip whose directory says that each entry is packed into more than there is. */
function sharing(file: Uint8Array): Uint8Array {
  const copy = file.slice()
  const view = new DataView(copy.buffer)
  view.setUint32(view.getUint32(copy.length - 6, true) + 20, copy.length * 2, true)
  return copy
}

describe('a file that cannot be evidence', () => {
  test.each(bad)('%s: %s, %s', (reason, type, _what, file) => {
    expect(verdict(file, type, 65_536)).toBe(reason)
    expect(verdict(file, type)).toBe(reason)
  })

  test('an encrypted entry is not read', () => {
    const file = ofd()
    const view = new DataView(file.buffer)
    view.setUint16(view.getUint32(file.length - 6, true) + 8, 1, true)
    expect(verdict(file, 'application/ofd')).toBe('archive')
  })

  test('a file that breaks anywhere is refused by a word, and never thrown at', () => {
    for (const [type, , file] of good) {
      for (let end = 1; end < file.length; end += 1) {
        expect(typeof verdict(file.slice(0, end), type)).toBe('string')
      }
    }
  })
})

describe('a file that is another than announced', () => {
  const file = pdf()
  const said = (announced: Partial<{ size: number; sha256: string }>) => {
    const inspector = new Inspector()
    inspector.push(file)
    const whole = { size: file.length, sha256: hexDigest(file), mediaType: 'application/pdf' as const }
    return inspector.against({ ...whole, ...announced })
  }

  test('is refused by its size before its digest, and by its digest before its type', () => {
    expect(said({ size: 1 })).toMatchObject({ reason: 'size-differs' })
    expect(said({ sha256: hexDigest(png()) })).toMatchObject({ reason: 'digest-differs' })
    expect(said({})).toEqual({ outcome: 'kept' })
  })

  test('is told what it is instead', () => {
    const inspector = new Inspector()
    inspector.push(png())
    const announced = { size: png().length, sha256: hexDigest(png()), mediaType: 'application/pdf' as const }
    expect(inspector.against(announced)).toEqual({
      outcome: 'refused',
      reason: 'type-differs',
      found: ['image/png'],
    })
  })
})

test('memory stays bounded: of a long file its ends are kept', () => {
  const inspector = new Inspector()
  const piece = new Uint8Array(65_536).fill(0x41)
  for (let count = 0; count < 320; count += 1) inspector.push(piece)
  expect(inspector.size).toBe(320 * 65_536)
  expect(inspector.kept).toBeLessThanOrEqual(2 * 256 * 1024)
})
