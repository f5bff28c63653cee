/**
 * Records of a CSV text (RFC 4180, comma, LF or CRLF), strictly. Read here rather than by a library because a person wants to
 * hear of every broken line at once: behind a fault the next line is read on, and every record knows where it stands.
 */

import type { Place } from '../json/place.ts'

/** One record: its cells, or what is wrong with it. */
export interface CsvRecord {
  readonly cells: readonly string[]
  readonly fault?: { readonly says: string; readonly place: Place }
  /** Where a cell of it begins. */
  place(cell: number): Place
}

interface Start {
  readonly at: number
  readonly line: number
}

/** At most this many records, each with at most this many cells and characters. */
export interface CsvBounds {
  readonly recordsMax: number
  readonly cellsMax: number
  readonly charactersMax: number
}

/** All records; the last one where a quote does not end, since nobody can tell what follows it. */
export function readCsvRecords(text: string, bounds: CsvBounds): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  let start: Start = { at: 0, line: 1 }
  while (start.at < text.length && records.length < bounds.recordsMax) {
    const read = readRecord(text, start, bounds)
    records.push(read.record)
    start = { at: read.end, line: start.line + lineBreaks(text, start.at, read.end) }
  }
  return records
}

/** A record and where the next one begins. */
function readRecord(
  text: string,
  start: Start,
  { cellsMax, charactersMax }: CsvBounds,
): { record: CsvRecord; end: number } {
  const cells: string[] = []
  const place = (cell: number) => placeOfCell(text, start, cell)
  const broken = (says: string, end: number) => ({
    record: { cells, fault: { says, place: place(cells.length) }, place },
    end,
  })
  let at = start.at
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    if (cell.end - start.at > charactersMax) {
      const says = `the line is longer than ${charactersMax} characters; look for a quote that does not end`
      return broken(says, cell.isQuoted ? text.length : nextLine(text, at))
    }
    if (cell.fault !== undefined)
      return broken(cell.fault, cell.isOpen ? text.length : nextLine(text, cell.end))
    if (cells.length === cellsMax)
      return broken(`the line has more than ${cellsMax} cells`, nextLine(text, cell.end))
    cells.push(cell.text)
    at = cell.end
    if (text[at] !== ',') return { record: { cells, place }, end: behindBreak(text, at) }
    at += 1
  }
}

interface Cell {
  readonly text: string
  /** Right behind the cell. */
  readonly end: number
  readonly isQuoted: boolean
  readonly fault?: string
  /** A quote that does not end. */
  readonly isOpen?: true
}

function plainCell(text: string, from: number): Cell {
  let end = from
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') {
    if (text[end] === '"') {
      const fault = 'a quote stands inside a cell that is not quoted; quote the cell and double the quote'
      return { text: '', end, isQuoted: false, fault }
    }
    end += 1
  }
  if (text[end] === '\n' && text[end - 1] === '\r' && end > from) end -= 1
  return { text: text.slice(from, end), end, isQuoted: false }
}

function quotedCell(text: string, from: number): Cell {
  let end = text.indexOf('"', from + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end === -1) {
    const fault = 'a quoted cell does not end; close the quote'
    return { text: '', end: text.length, isQuoted: true, fault, isOpen: true }
  }
  const behind = end + 1
  const content = text.slice(from + 1, end).replaceAll('""', '"')
  if (behind === text.length || text[behind] === ',' || isBreak(text, behind))
    return { text: content, end: behind, isQuoted: true }
  const fault = 'something follows the end of a quoted cell; double a quote that belongs to the text'
  return { text: '', end: behind, isQuoted: true, fault }
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n')
}

function behindBreak(text: string, at: number): number {
  return text[at] === '\r' ? at + 2 : at + 1
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end + 1
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** Walks to a cell of a record, quotes and line breaks inside them included. Lines and columns from 1. */
function placeOfCell(text: string, start: Start, cell: number): Place {
  let [atCell, isQuoted, line, lineStart, at] = [0, false, start.line, start.at, start.at]
  for (; at < text.length && atCell < cell; at += 1) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    if (character === ',' && !isQuoted) atCell += 1
    if (character !== '\n') continue
    if (!isQuoted) break
    line += 1
    lineStart = at + 1
  }
  return { line, column: [...text.slice(lineStart, at)].length + 1 }
}
