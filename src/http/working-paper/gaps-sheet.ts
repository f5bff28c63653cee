/** The sheet of what a reader must know beside the number. */

import type { PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import type { Sheet, SheetCell } from './workbook.ts'

/** Lines that one cell names; of more than these it also says how many there are. */
const namedMax = 50

function someOf(lines: readonly string[]): string {
  const named = lines.slice(0, namedMax).join(', ')
  return lines.length > namedMax ? `${named}, … (${lines.length})` : named
}

export function gapsSheet({ result }: PaperSource, words: PaperWords): Sheet {
  const flags = result.flags.map(({ code, share, lines }): SheetCell[] => [
    words.flagName(code),
    share === null ? null : Number(share),
    someOf(lines),
  ])
  const gases = result.gasesNotCovered.map(({ gas, lines }): SheetCell[] => [
    `${words.notCovered} ${gas}`,
    null,
    someOf(lines),
  ])
  const estimates = result.lines.flatMap((line): SheetCell[][] =>
    line.estimate
      ? [
          [
            `${words.estimate}: ${line.estimate.method}, ${line.estimate.basis}; ${line.estimate.approvedBy}`,
            null,
            line.id,
          ],
        ]
      : [],
  )
  return {
    name: words.sheets.gaps,
    note: words.notes.gaps,
    columns: words.columns.gaps.map((title, at) => ({ title, width: [70, 12, 60][at] ?? 20 })),
    rows: [...flags, ...gases, ...estimates],
  }
}
