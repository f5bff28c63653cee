/** The sheet of what a reader must know beside the number. */

import type { PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import type { Sheet, SheetCell } from './workbook.ts'

/** A cell names at most this many lines, and says how many it leaves out. */
const mostNamed = 50

/** @param findingName what a finding of a product is called. */
export function gapsSheet(
  { result }: Pick<PaperSource, 'result'>,
  words: PaperWords,
  findingName: (code: string) => string = (code) => code,
): Sheet {
  const named = (lines: readonly string[]) => namedLines(lines, words)
  const findings = (result.product?.findings ?? []).map(({ code, share, lines, processes }): SheetCell[] => [
    findingName(code),
    share === null ? null : Number(share),
    named(lines.length > 0 ? lines : processes),
  ])
  const flags = result.flags.map(({ code, share, lines }): SheetCell[] => [
    words.flagName(code),
    share === null ? null : Number(share),
    named(lines),
  ])
  const gases = result.gasesNotCovered.map(({ gas, lines }): SheetCell[] => [
    `${words.notCovered} ${gas}`,
    null,
    named(lines),
  ])
  const estimates = result.lines.flatMap(({ id, estimate }): SheetCell[][] => {
    if (!estimate) return []
    const { method, basis, approvedBy } = estimate
    return [[`${words.estimate}: ${words.estimateName(method)}, ${basis}; ${approvedBy}`, null, id]]
  })
  return {
    name: words.sheets.gaps,
    note: words.notes.gaps,
    columns: words.columns.gaps.map((title) => ({ title })),
    rows: [...findings, ...flags, ...gases, ...estimates],
  }
}

function namedLines(lines: readonly string[], words: PaperWords): string {
  const named = lines.slice(0, mostNamed).join(', ')
  return lines.length > mostNamed ? `${named}, ${words.more(lines.length - mostNamed)}` : named
}
