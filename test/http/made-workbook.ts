/** Workbooks written by hand, part by part, so that their bytes are what a test says: also such as no program would write. */

import { zipSync } from 'fflate'

/** A text, a number, or a cell as it is stored. */
export type MadeCell =
  | string
  | number
  | null
  | { readonly t?: string; readonly v?: string; readonly f?: string; readonly s?: number }

export interface MadeSheet {
  readonly name: string
  /** Rows from the first on. */
  readonly rows: readonly (readonly MadeCell[])[]
  readonly state?: string
  readonly merged?: readonly string[]
  readonly hiddenRows?: readonly number[]
  /** Columns from 1. */
  readonly hiddenColumns?: readonly number[]
}

export interface MadeWorkbook {
  readonly sheets: readonly MadeSheet[]
  /** Number formats of the cells whose `s` is their place: a number for one of Excel's own, a text for another. */
  readonly formats?: readonly (number | string)[]
  readonly date1904?: boolean
  /** Whether texts stand in the shared table or in the cells. */
  readonly inline?: boolean
  /** Parts put in the place of those made, or beside them. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>
}

const encode = (text: string) => new TextEncoder().encode(text)
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
/** A cell's text as programs store it: what looks like an escaped character has its own `_` escaped (ECMA-376-1 §22.9.2.19). */
const cellText = (text: string) => escaped(text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'))
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`

export function letters(column: number): string {
  return column > 26
    ? letters(Math.floor((column - 1) / 26)) + letters(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column)
}

/** The parts of a workbook by name. */
export function partsOf(made: MadeWorkbook): Record<string, Uint8Array> {
  const texts: string[] = []
  const shared = (text: string) => {
    if (!texts.includes(text)) texts.push(text)
    return texts.indexOf(text)
  }
  const cellXml = (cell: MadeCell, reference: string): string => {
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
    if (typeof cell === 'string' && made.inline === true)
      return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`
    if (typeof cell === 'string') return `<c r="${reference}" t="s"><v>${shared(cell)}</v></c>`
    const { t, v, f, s } = cell
    const type = t === undefined ? '' : ` t="${t}"`
    const style = s === undefined ? '' : ` s="${s}"`
    const formula = f === undefined ? '' : `<f>${escaped(f)}</f>`
    return `<c r="${reference}"${style}${type}>${formula}${v === undefined ? '' : `<v>${escaped(v)}</v>`}</c>`
  }
  const sheetXml = ({ rows, merged = [], hiddenRows = [], hiddenColumns = [] }: MadeSheet) => {
    const cols = hiddenColumns.map((column) => `<col min="${column}" max="${column}" width="9" hidden="1"/>`)
    const body = rows.map((cells, at) => {
      const hidden = hiddenRows.includes(at + 1) ? ' hidden="1"' : ''
      const inside = cells.map((cell, column) => cellXml(cell, `${letters(column + 1)}${at + 1}`))
      return `<row r="${at + 1}"${hidden}>${inside.join('')}</row>`
    })
    const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
    return xml(
      `<worksheet xmlns="${main}">${cols.length > 0 ? `<cols>${cols.join('')}</cols>` : ''}<sheetData>${body.join('')}</sheetData>${merges === '' ? '' : `<mergeCells>${merges}</mergeCells>`}</worksheet>`,
    )
  }
  const sheets = made.sheets.map(sheetXml)
  const formats = made.formats ?? []
  const ownFormats = formats.map((format, at) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + at}" formatCode="${escaped(format)}"/>` : '',
  )
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${office}/${type}" Target="${target}"/>`
  const count = sheets.length
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': xml(
      `<Types xmlns="${packaged}/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="${packaged}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${made.date1904 === true ? ' date1904="1"' : ''}/><sheets>${made.sheets
        .map(
          ({ name, state }, at) =>
            `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${packaged}/relationships">${sheets.map((_, at) => relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('')}${relation(count + 1, 'sharedStrings', 'sharedStrings.xml')}${relation(count + 2, 'styles', '/xl/styles.xml')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': xml(
      `<sst xmlns="${main}">${texts.map((text) => `<si><t xml:space="preserve">${cellText(text)}</t></si>`).join('')}</sst>`,
    ),
    'xl/styles.xml': xml(
      `<styleSheet xmlns="${main}"><numFmts>${ownFormats.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((format, at) => `<xf numFmtId="${typeof format === 'string' ? 164 + at : format}"/>`).join('')}</cellXfs></styleSheet>`,
    ),
  }
  for (const [at, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${at + 1}.xml`] = sheet
  const whole = { ...parts, ...made.parts }
  return Object.fromEntries(
    Object.entries(whole).map(([name, part]) => [name, typeof part === 'string' ? encode(part) : part]),
  )
}

/** A workbook's bytes: the same for the same parts, whenever they are made. */
export function madeWorkbook(made: MadeWorkbook): Uint8Array {
  return zipSync(partsOf(made), { level: 6, mtime: '2025-01-01T00:00:00Z' })
}

/** A workbook with one sheet of activity data, its header first. */
export function dataWorkbook(
  rows: readonly (readonly MadeCell[])[],
  more: Partial<MadeSheet> & Omit<MadeWorkbook, 'sheets'> = {},
): Uint8Array {
  const { formats, date1904, inline, parts, ...sheet } = more
  return madeWorkbook({
    sheets: [{ name: '活动数据', rows, ...sheet }],
    ...(formats && { formats }),
    ...(date1904 !== undefined && { date1904 }),
    ...(inline !== undefined && { inline }),
    ...(parts && { parts }),
  })
}
