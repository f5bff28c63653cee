/** The parts of a workbook that a reader of one sheet needs (ECMA-376-1 §18, transitional and strict): which sheets, texts, formats. */

import { type Archive, openArchive } from './archive.ts'
import { type Shown, shownAs } from './formats.ts'
import { unfit } from './refusal.ts'
import { attributesOf, decodeXml, scanXml } from './xml.ts'

/** A sheet as the workbook lists it. */
export interface SheetEntry {
  readonly name: string
  readonly isHidden: boolean
  readonly part: string
}

export interface Workbook {
  readonly sheets: readonly SheetEntry[]
  readonly startsIn1904: boolean
  /** Texts that cells name by number. */
  readonly texts: readonly string[]
  /** How the numbers of each cell format are shown. */
  readonly shown: readonly Shown[]
  /** The XML of a sheet. */
  read(sheet: SheetEntry): string
}

/** No workbook of activity data has more of any of these; a hostile one could have millions in a few bytes. */
const textsMax = 300_000
const formatsMax = 65_000
const listedMax = 2_000
/** Excel's own bound of a text in a cell. One text of megabytes that a hundred thousand cells name is read as often. */
const textLengthMax = 32_767

/** @throws Problem `malformed-workbook` for a text longer than any program writes. */
export function refuseLongText(text: string): void {
  if (text.length > textLengthMax) throw unfit(`A cell holds more than ${textLengthMax} characters`)
}

/** Adds to a list that has an end. */
function add<Item>(list: Item[], item: Item, max: number): void {
  if (list.length >= max) throw unfit('The workbook holds too much; leave activity data alone in it')
  list.push(item)
}

/** @throws Problem `malformed-workbook`, `body-too-large`. */
export function openWorkbook(bytes: Uint8Array): Workbook {
  const archive = openArchive(bytes)
  refuseMacros(archive)
  const read = (part: string) => decodeXml(archive.read(part))
  const [main] = relationsOf(archive, '').filter(({ type }) => type === 'officeDocument')
  if (main === undefined) throw unfit('The file is an archive, but no Excel workbook')
  const relations = relationsOf(archive, main.target)
  const part = (type: string) => relations.find((relation) => relation.type === type)?.target
  const [textsPart, stylesPart] = [part('sharedStrings'), part('styles')]
  const { listed, startsIn1904 } = readMain(read(main.target))
  return {
    sheets: listed.flatMap(({ id, ...sheet }) => {
      const relation = relations.find((one) => one.id === id)
      return relation?.type === 'worksheet' ? [{ ...sheet, part: relation.target }] : []
    }),
    startsIn1904,
    texts: textsPart === undefined ? [] : readTexts(read(textsPart)),
    shown: stylesPart === undefined ? [] : readFormats(read(stylesPart)),
    read: (sheet) => read(sheet.part),
  }
}

/** Macros are programs; what they would do to the numbers nobody here sees. */
function refuseMacros(archive: Archive): void {
  const types = archive.has('[Content_Types].xml') ? decodeXml(archive.read('[Content_Types].xml')) : ''
  const hasProject = archive.names.some((name) => name.endsWith('vbaproject.bin'))
  if (!hasProject && !/macroEnabled/i.test(types)) return
  throw unfit('The workbook has macros (.xlsm); save it as "Excel Workbook (.xlsx)" without macros')
}

interface Relation {
  readonly id: string
  /** The last word of its type. */
  readonly type: string
  readonly target: string
}

/** What a part refers to inside the archive; of the archive itself for the empty name. */
function relationsOf(archive: Archive, part: string): readonly Relation[] {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const own = `${folder}_rels/${part.slice(folder.length)}.rels`
  if (!archive.has(own)) return []
  const found: Relation[] = []
  scanElements(decodeXml(archive.read(own)), (name, read) => {
    const { Id = '', Type = '', Target = '', TargetMode } = name === 'Relationship' ? read() : {}
    if (Id === '' || TargetMode === 'External') return
    const type = Type.slice(Type.lastIndexOf('/') + 1)
    add(found, { id: Id, type, target: resolved(folder, Target) }, listedMax)
  })
  return found
}

function resolved(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}

type Listed = Omit<SheetEntry, 'part'> & { readonly id: string }

function readMain(xml: string): { listed: readonly Listed[]; startsIn1904: boolean } {
  const listed: Listed[] = []
  let startsIn1904 = false
  scanElements(xml, (element, read) => {
    if (element === 'workbookPr') startsIn1904 = /^(?:1|true)$/.test(read().date1904 ?? '')
    if (element !== 'sheet') return
    const { name = '', state = 'visible', id = '' } = read()
    add(listed, { name, isHidden: state !== 'visible', id }, listedMax)
  })
  return { listed, startsIn1904 }
}

function scanElements(
  xml: string,
  see: (name: string, read: () => Readonly<Record<string, string>>) => void,
): void {
  scanXml(xml, {
    open: (name, attributes) => see(name, () => attributesOf(attributes)),
    close: () => undefined,
    text: () => undefined,
  })
}

/** Texts of `sharedStrings`, their runs joined, without the readings printed above Chinese characters. */
function readTexts(xml: string): readonly string[] {
  const texts: string[] = []
  let [text, isText, reading] = ['', false, 0]
  scanXml(xml, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') reading += 1
      isText = name === 't' && reading === 0
    },
    close: (name) => {
      if (name === 'si') add(texts, unescapedControls(text), textsMax)
      if (name === 'rPh') reading -= 1
      isText = false
    },
    text: (part) => {
      if (!isText) return
      text += part
      refuseLongText(text)
    },
  })
  return texts
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376-1 §22.9.2.19). */
export function unescapedControls(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function readFormats(xml: string): readonly Shown[] {
  const codes = new Map<number, string>()
  const shown: Shown[] = []
  let inCells = false
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true
      if (name !== 'numFmt' && !(name === 'xf' && inCells)) return
      const { numFmtId = '0', formatCode } = attributesOf(attributes)
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '')
      else add(shown, shownAs(Number(numFmtId), codes.get(Number(numFmtId))), formatsMax)
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
    text: () => undefined,
  })
  return shown
}
