/**
 * The ZIP archive that a workbook is (APPNOTE 6.3, without ZIP64, encryption and data after the end). A few bytes can inflate
 * to gigabytes, so entries are counted and their sizes bounded before anything is inflated, and what is inflated is counted
 * while it comes.
 */

import { Inflate } from 'fflate'
import { Problem } from '../../problem.ts'
import { unfit } from './refusal.ts'

/** What an archive may hold: a workbook of ten thousand lines has some ten megabytes in a dozen entries. */
const entriesMax = 1000
const entryBytesMax = 16 * 1024 * 1024
const inflatedBytesMax = 24 * 1024 * 1024

/** Compressed bytes taken at once: DEFLATE makes at most 1032 of one. */
const step = 8 * 1024

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly inflatedSize: number
  readonly at: number
}

/** An opened archive. Names are compared without letter case, as the names of parts are (ECMA-376-2). */
export interface Archive {
  readonly names: readonly string[]
  has(name: string): boolean
  /** The bytes of an entry. @throws Problem `malformed-workbook`. */
  read(name: string): Uint8Array
}

/** Whether the bytes begin as a ZIP archive does. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04])
}

/** @throws Problem `malformed-workbook` for a workbook of Excel before 2007, or one with a password: both look alike. */
export function refuseOldWorkbook(bytes: Uint8Array): void {
  if (!beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return
  throw unfit(
    'The file is a workbook of Excel 97–2003 (.xls), or has a password; save it as "Excel Workbook (.xlsx)" without a password',
    { looksLike: 'xls' },
  )
}

function beginsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

/** @throws Problem `malformed-workbook`, `body-too-large` for an archive that holds too much. */
export function openArchive(bytes: Uint8Array): Archive {
  refuseOldWorkbook(bytes)
  if (!isWorkbook(bytes)) throw unfit('The file is no Excel workbook; save it as "Excel Workbook (.xlsx)"')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(view, bytes)
  let inflated = 0
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name.toLowerCase()),
    read: (name) => {
      const entry = entries.get(name.toLowerCase())
      if (entry === undefined) throw unfit(`The workbook lacks its part "${name.slice(0, 80)}"`)
      inflated += entry.inflatedSize
      if (entry.inflatedSize > entryBytesMax || inflated > inflatedBytesMax) throw tooLarge()
      return contentOf(view, bytes, entry)
    },
  }
}

function tooLarge(): Problem {
  const detail = `The workbook unpacks to more than ${inflatedBytesMax} bytes; leave out sheets that hold no activity data, or send CSV.`
  return new Problem('body-too-large', detail, { bytesMax: inflatedBytesMax })
}

const damaged = () => unfit('The workbook is damaged; open it in Excel and save it again')

function readDirectory(view: DataView, bytes: Uint8Array): ReadonlyMap<string, Entry> {
  const end = endRecord(view)
  const count = view.getUint16(end + 10, true)
  const offset = view.getUint32(end + 16, true)
  if (count === 0xffff || offset === 0xffffffff || view.getUint32(end + 4, true) !== 0) throw damaged()
  if (count > entriesMax) throw unfit(`The workbook has more than ${entriesMax} parts`, { entriesMax })
  const entries = new Map<string, Entry>()
  let at = offset
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = readEntry(view, bytes, at, end)
    const key = entry.name.toLowerCase()
    if (entries.has(key)) throw damaged()
    entries.set(key, entry)
    at = next
  }
  return entries
}

/** The end record stands last, before a comment that has the length it says. */
function endRecord(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + 22 + view.getUint16(at + 20, true) === view.byteLength
    )
      return at
  }
  throw damaged()
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  end: number,
): { entry: Entry; next: number } {
  if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw damaged()
  const nameLength = view.getUint16(at + 28, true)
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (next > end) throw damaged()
  if ((view.getUint16(at + 8, true) & 1) === 1) throw unfit('The workbook has a password; save it without')
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replace(/^\//, '')
  const entry = {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    size: view.getUint32(at + 20, true),
    inflatedSize: view.getUint32(at + 24, true),
    at: view.getUint32(at + 42, true),
  }
  return { entry, next }
}

function contentOf(view: DataView, bytes: Uint8Array, entry: Entry): Uint8Array {
  const { at, size, method } = entry
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) throw damaged()
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (from + size > bytes.length) throw damaged()
  const packed = bytes.subarray(from, from + size)
  if (method !== 0 && method !== 8) throw damaged()
  const content = method === 8 ? inflated(packed, entry.inflatedSize) : packed
  if (content.length !== entry.inflatedSize || crcOf(content) !== entry.crc) throw damaged()
  return content
}

/** Inflates to exactly the size that the directory states, which was bounded before; leaves at the first byte beyond. */
function inflated(packed: Uint8Array, size: number): Uint8Array {
  const content = new Uint8Array(size)
  let length = 0
  const stream = new Inflate((part) => {
    if (length + part.length > size) throw damaged()
    content.set(part, length)
    length += part.length
  })
  try {
    for (let at = 0; at < packed.length; at += step)
      stream.push(packed.subarray(at, at + step), at + step >= packed.length)
  } catch {
    throw damaged()
  }
  return content.subarray(0, length)
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crcOf(bytes: Uint8Array): number {
  let crc = -1
  // Counted, since an iterator takes three times as long over ten million bytes.
  for (let at = 0; at < bytes.length; at += 1)
    crc = (crcTable[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8)
  return ~crc >>> 0
}
