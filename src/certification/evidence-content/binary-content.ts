/** What a file of a binary format is, by their first and last ones: the formats of documents and photographs, programs, archives. */

import { type Content, isOf, isRefused, type RefusalReason } from './media-types.ts'
import { contentOfZip, endsAsZip } from './zip-directory.ts'

/** A file as far as it is kept: its first and last bytes, and how many it has. */
export interface Ends {
  readonly head: Uint8Array
  readonly tail: Uint8Array
  readonly size: number
}

/** Browsers look no further for markup (WHATWG MIME Sniffing, 5). */
const sniffedBytes = 1_445
const markup = /<(?:!doctype|html|script|iframe|svg|body|head|style)/i

/** A character for each byte. A decoder will not do: what the platform calls Latin-1 has other characters at 0x80 to 0x9F. */
function textOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = ''
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte)
  return text
}

/** A format: how it begins, and what else must be true of it. */
interface Format {
  begins(start: string): boolean
  judge(ends: Ends): Content
}

const formats: readonly Format[] = [
  { begins: (start) => /^%PDF-[12]\.\d/.test(start), judge: contentOfPdf },
  { begins: (start) => start.startsWith('\xff\xd8\xff'), judge: contentOfJpeg },
  { begins: (start) => start.startsWith('\x89PNG\r\n\x1a\n'), judge: contentOfPng },
  { begins: (start) => start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP', judge: contentOfWebp },
  { begins: (start) => start.slice(4, 8) === 'ftyp', judge: contentOfHeic },
]

/** Beginnings that name a refusal better than "unknown". */
const knownRefusals: readonly (readonly [RefusalReason, readonly string[]])[] = [
  [
    'executable',
    [
      'MZ',
      '\x7fELF',
      '\xfe\xed\xfa\xce',
      '\xfe\xed\xfa\xcf',
      '\xce\xfa\xed\xfe',
      '\xcf\xfa\xed\xfe',
      '\xca\xfe\xba\xbe',
      '\x00asm',
      'dex\n',
      'L\x00\x00\x00\x01\x14\x02\x00',
    ],
  ],
  ['archive', ['Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ', 'MSCF', 'PK\x05\x06', 'PK\x07\x08']],
]

/** What a file is that begins as one of the formats; null for one that does not, which may be text. */
export function contentOfFormat(ends: Ends): Content | null {
  const start = textOf(ends.head, 0, 64)
  if (start.startsWith('PK\x03\x04')) return contentOfZip(ends.tail, ends.size)
  const format = formats.find(({ begins }) => begins(start))
  if (format === undefined) return null
  if (markup.test(textOf(ends.head, 0, sniffedBytes))) return isRefused('active-content')
  const content = format.judge(ends)
  return 'types' in content && endsAsZip(ends.tail) ? isRefused('archive') : content
}

/** Why a file is refused that is of no format and no text. */
export function contentUnknown({ head }: Ends): Content {
  const start = textOf(head, 0, 64)
  const named = knownRefusals.find(([, beginnings]) => beginnings.some((one) => start.startsWith(one)))
  return isRefused(named?.[0] ?? 'unknown-content')
}

/** ISO 32000: the end of the file is marked within its last kilobyte. */
function contentOfPdf({ tail }: Ends): Content {
  return textOf(tail, Math.max(0, tail.length - 1024)).includes('%%EOF')
    ? isOf('application/pdf')
    : isRefused('damaged')
}

/** ISO/IEC 10918-1, annex B: segments up to the scan, with a frame of some size among them, and an end. Cameras write more behind it. */
function contentOfJpeg({ head, tail, size }: Ends): Content {
  const isFramed = hasFrame(head, size)
  return isFramed && textOf(tail).includes('\xff\xd9') ? isOf('image/jpeg') : isRefused('damaged')
}

function hasFrame(head: Uint8Array, size: number): boolean {
  const view = viewOf(head)
  let isFramed = false
  let at = 2
  while (at + 9 < head.length) {
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff) return false
    if (marker === 0xda) return isFramed
    isFramed ||= isFrame(marker) && view.getUint16(at + 5) > 0 && view.getUint16(at + 7) > 0
    const length = view.getUint16(at + 2)
    if (length < 2) return false
    at += 2 + length
  }
  // What comes before the scan may be longer than what is kept of the file.
  return isFramed || at < size
}

/** SOF0 to SOF15 without the tables and extensions among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** ISO/IEC 15948: an image header of some size first, an end of the image. */
function contentOfPng({ head, tail }: Ends): Content {
  if (head.length < 33) return isRefused('damaged')
  const view = viewOf(head)
  const isHeader = view.getUint32(8) === 13 && textOf(head, 12, 16) === 'IHDR'
  const hasSize = view.getUint32(16) > 0 && view.getUint32(20) > 0
  const hasEnd = textOf(tail).includes('IEND\xae\x42\x60\x82')
  return isHeader && hasSize && hasEnd ? isOf('image/png') : isRefused('damaged')
}

/** RFC 9649: the container's length is the file's, padded to an even one. */
function contentOfWebp({ head, size }: Ends): Content {
  if (head.length < 20) return isRefused('damaged')
  const length = viewOf(head).getUint32(4, true) + 8
  const isWhole = size === length || size === length + (length % 2)
  return isWhole && ['VP8 ', 'VP8L', 'VP8X'].includes(textOf(head, 12, 16))
    ? isOf('image/webp')
    : isRefused('damaged')
}

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']

/** ISO/IEC 23008-12: the file type box names a brand of HEVC images. */
function contentOfHeic({ head, size }: Ends): Content {
  const length = viewOf(head).getUint32(0)
  if (length < 16 || length > Math.min(head.length, size) || length % 4 !== 0) return isRefused('damaged')
  const brands = (textOf(head, 8, 12) + textOf(head, 16, length)).match(/.{4}/gs) ?? []
  const isHeic = brands.some((brand) => heicBrands.includes(brand))
  if (!isHeic) return isRefused('unknown-content')
  return size > length ? isOf('image/heic') : isRefused('damaged')
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
