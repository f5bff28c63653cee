/** Small real files of every kind, made here: what a reader of the format would open, and what only looks like it. */

import { strToU8, zipSync } from 'fflate'
import { sha256 } from '../../src/json/digest.ts'
import { encodeHex } from '../../src/json/encoding.ts'

export const text = (written: string): Uint8Array => new TextEncoder().encode(written)

export const bytes = (...parts: readonly (string | number | Uint8Array)[]): Uint8Array => {
  const flat = parts.flatMap((part) =>
    typeof part === 'number'
      ? [part]
      : typeof part === 'string'
        ? [...part].map((character) => character.charCodeAt(0))
        : [...part],
  )
  return Uint8Array.from(flat)
}

export const hexDigest = (of: Uint8Array): string => encodeHex(sha256(of))

/** A page with nothing on it; `note` makes another file of it. */
export const pdf = (note = ''): Uint8Array =>
  text(
    `%PDF-1.4\n%${note}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n100\n%%EOF\n`,
  )

const zip = (entries: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(entries).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  )

export { zip }

/** An electronic invoice (GB/T 33190), by hand: the root document that names the one body. */
export const ofd = (more: Readonly<Record<string, string | Uint8Array>> = {}): Uint8Array =>
  zip({
    'OFD.xml':
      '<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    'Doc_0/Document.xml':
      '<?xml version="1.0" encoding="UTF-8"?><ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>',
    ...more,
  })

const types =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
export const xlsx = (more: Readonly<Record<string, string>> = {}): Uint8Array =>
  zip({ '[Content_Types].xml': types, 'xl/workbook.xml': '<workbook/>', ...more })
export const docx = (): Uint8Array =>
  zip({ '[Content_Types].xml': types, 'word/document.xml': '<document/>' })

/** One grey pixel: an APP0 segment, one table, a frame of 1 by 1, a scan, the end. */
export const jpeg = (comment = ''): Uint8Array =>
  bytes(
    ...['\xff\xd8', '\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00'],
    ...(comment === '' ? [] : ['\xff\xfe', (comment.length + 2) >> 8, (comment.length + 2) & 255, comment]),
    ...['\xff\xdb\x00\x43\x00', new Uint8Array(64).fill(1)],
    '\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00',
    ...['\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00', '\x7f', '\xff\xd9'],
  )

export const png = (): Uint8Array =>
  bytes(
    '\x89PNG\r\n\x1a\n',
    '\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55',
    '\x00\x00\x00\x0aIDAT\x78\x9c\x63\x60\x00\x00\x00\x02\x00\x01\x48\xaf\xa4\x71',
    '\x00\x00\x00\x00IEND\xae\x42\x60\x82',
  )

export const webp = (): Uint8Array =>
  bytes(
    'RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00',
  )

export const heic = (brand = 'heic'): Uint8Array =>
  bytes('\x00\x00\x00\x18ftyp', brand, '\x00\x00\x00\x00mif1', brand, '\x00\x00\x00\x08mdat')

/** 电表 and a figure, as a spreadsheet on a Chinese Windows saves it. */
export const csvInGb18030 = bytes('\xb5\xe7\xb1\xed,kWh\r\nA-1,', '118400\r\n')
