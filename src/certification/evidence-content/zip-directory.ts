/**
 * A zip by its central directory alone (PKWARE APPNOTE 6.3.10, 4.3): nothing is unpacked, so that no file can do harm by what it would unpack to.
 * Read strictly: nothing before the first entry, nothing after the last record, and nothing in between, since what hides there another
 * reader would take for the file.
 */

import { type Content, type EvidenceMediaType, isOf, isRefused } from './media-types.ts'

const endBytes = 22
const headerBytes = 46
const endSignature = 0x06054b50
const headerSignature = 0x02014b50

/** All entries together, unpacked: at most so many bytes, and beyond the second figure at most so many times the file. */
const unpackedMax = { bytes: 1024 ** 3, unquestioned: 64 * 1024 ** 2, times: 200 } as const

interface Entry {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/** What a file that begins as a zip is. @param tail its last bytes, `size` those of the whole file. */
export function contentOfZip(tail: Uint8Array, size: number): Content {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  const end = tail.length - endBytes
  if (end < 0 || view.getUint32(end, true) !== endSignature || view.getUint16(end + 20, true) !== 0)
    return isRefused('damaged')
  const [bytes, offset] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  if (offset + bytes !== size - endBytes) return isRefused('damaged')
  if (bytes > end) return isRefused('archive')
  const entries = readEntries(view, end - bytes, end)
  if (entries === null || entries.length !== view.getUint16(end + 10, true)) return isRefused('archive')
  return judged(entries, offset, size)
}

/** Whether a file that begins as something else ends as a zip, which some readers would open. */
export function endsAsZip(tail: Uint8Array): boolean {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  const first = Math.max(0, tail.length - endBytes - 0xffff)
  for (let at = tail.length - endBytes; at >= first; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue
    if (at + endBytes + view.getUint16(at + 20, true) === tail.length) return true
  }
  return false
}

/** The entries between two places; null where one is not read here: encrypted, packed in a rare way, in the format's 64-bit form, or no entry. */
function readEntries(view: DataView, from: number, to: number): Entry[] | null {
  const entries: Entry[] = []
  let at = from
  while (at < to) {
    const length = entryLength(view, at, to)
    if (length === null || !isPlain(view, at)) return null
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(
        new Uint8Array(view.buffer, view.byteOffset + at + headerBytes, nameLength),
      ),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += length
  }
  return entries
}

function entryLength(view: DataView, at: number, to: number): number | null {
  if (at + headerBytes > to || view.getUint32(at, true) !== headerSignature) return null
  const rest = [28, 30, 32].reduce((sum, place) => sum + view.getUint16(at + place, true), 0)
  return at + headerBytes + rest <= to ? headerBytes + rest : null
}

function isPlain(view: DataView, at: number): boolean {
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1
  const isStoredOrDeflated = [0, 8].includes(view.getUint16(at + 10, true))
  return !isEncrypted && isStoredOrDeflated && view.getUint32(at + 24, true) !== 0xffffffff
}

const unsafeName = /^\/|\\|\p{Cc}|(?:^|\/)\.\.(?:\/|$)|^[a-z]:/iu
const programName = /\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs|jse?|jar|hta|lnk|sh)$/i
const activeName = /(?:^|\/)vbaProject\.bin$|\.(?:x?html?|svg)$/i

function judged(entries: readonly Entry[], directoryOffset: number, size: number): Content {
  const sum = (of: 'packed' | 'unpacked') => entries.reduce((total, entry) => total + entry[of], 0)
  const [packed, unpacked] = [sum('packed'), sum('unpacked')]
  // Entries that share their bytes come to more than there are.
  if (packed > directoryOffset || unpacked > unpackedMax.bytes) return isRefused('expands-too-far')
  if (unpacked > unpackedMax.unquestioned && unpacked > unpackedMax.times * size)
    return isRefused('expands-too-far')
  const names = new Set(entries.map(({ name }) => name))
  if (entries.some(({ name }) => programName.test(name))) return isRefused('executable')
  if (entries.some(({ name }) => activeName.test(name))) return isRefused('active-content')
  const isWhole = entries.some(({ offset }) => offset === 0) && names.size === entries.length
  if (!isWhole || entries.some(({ name }) => unsafeName.test(name))) return isRefused('archive')
  const [type, ...others] = typesNamed(names)
  return type === undefined || others.length > 0 ? isRefused('archive') : isOf(type)
}

const officePrefix = 'application/vnd.openxmlformats-officedocument'

function typesNamed(names: ReadonlySet<string>): EvidenceMediaType[] {
  const isOffice = names.has('[Content_Types].xml')
  return [
    ...(names.has('OFD.xml') ? (['application/ofd'] as const) : []),
    ...(isOffice && names.has('xl/workbook.xml') ? ([`${officePrefix}.spreadsheetml.sheet`] as const) : []),
    ...(isOffice && names.has('word/document.xml')
      ? ([`${officePrefix}.wordprocessingml.document`] as const)
      : []),
  ]
}
