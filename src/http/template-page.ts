/** What the sheets of templates share: how they look, and how they are written cell by cell. */

import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx'
import type { Bilingual } from '../web/language.ts'
import { looksLikeError, plainText } from './workbook/cell-text.ts'

export type Language = keyof Bilingual

type FillStyle = NonNullable<CellStyle['fill']>
type BorderStyle = NonNullable<CellStyle['border']>
export type PageSetup = NonNullable<WriteSheet['pageSetup']>

/** A font that each language's spreadsheets have. */
export const fontNames: Bilingual = { zh: '微软雅黑', en: 'Calibri' }
export const fontSize = 11

export const fill = (rgb: string): FillStyle => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } })
const hairline = { style: 'thin', color: { rgb: 'C9D1CE' } } as const
export const framed: BorderStyle = { top: hairline, bottom: hairline, left: hairline, right: hairline }
/** Text as it is typed: Excel makes dates of 3-1 and cuts long numbers in any other format. */
export const asText: CellStyle = { numFmt: '@', alignment: { vertical: 'center' } }

export const cellStyle: CellStyle = { ...asText, border: framed }

export const titleStyle: CellStyle = { font: { bold: true, size: 16, color: { rgb: '1F6B5A' } } }
export const noteStyle: CellStyle = {
  font: { color: { rgb: '55605C' } },
  alignment: { wrapText: true, vertical: 'top' },
}
export const bodyStyle: CellStyle = { alignment: { wrapText: true, vertical: 'top' }, border: framed }

/** A sheet being written, cell by cell. */
export class Page {
  private readonly language: Language
  private readonly rows: (string | number | null)[][] = []
  private readonly cells = new Map<string, Partial<Cell>>()

  constructor(language: Language) {
    this.language = language
  }

  put(row: number, column: number, content: string | number | null, style?: CellStyle): void {
    while (this.rows.length <= row) this.rows.push([])
    const cells = this.rows[row] as (string | number | null)[]
    while (cells.length <= column) cells.push(null)
    const text = typeof content === 'string' ? plainText(content) : content
    cells[column] = text
    // A font without a name is shown in whichever one a program has at hand.
    const font = style?.font && { name: fontNames[this.language], size: fontSize, ...style.font }
    const cell: Partial<Cell> = {}
    if (style) cell.style = font ? { ...style, font } : style
    if (typeof text === 'string' && looksLikeError(text)) cell.richText = [{ text }]
    if (Object.keys(cell).length > 0) this.cells.set(`${row},${column}`, cell)
  }

  get content(): Pick<WriteSheet, 'rows' | 'cells'> {
    return { rows: this.rows, cells: this.cells }
  }
}

export const landscape = (titleRow: string): PageSetup => ({
  paperSize: 'a4',
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  printTitlesRow: titleRow,
})

/** Too wide for one page: printed at a size that can be read. */
export const wide = (titleRow: string): PageSetup => ({
  paperSize: 'a4',
  orientation: 'landscape',
  scale: 70,
  printTitlesRow: titleRow,
})

/** …with the ids of the lines on each page. */
export const wideLines = (titleRow: string): PageSetup => ({ ...wide(titleRow), printTitlesColumn: '$A:$A' })

/** Lines that a text takes: a Chinese character is as wide as two others. */
export function linesOf(text: string, width: number): number {
  const needed = [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 0.9), 0)
  return Math.ceil(needed / width)
}
