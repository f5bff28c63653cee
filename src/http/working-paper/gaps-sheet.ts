/** The sheet of what a reader must know beside the number. */

import type { PaperSource } from './source.ts'
import type { PaperWords } from './words.ts'
import type { Sheet, SheetCell } from './workbook.ts'

export function gapsSheet({ result }: PaperSource, words: PaperWords): Sheet {
  const flags = result.flags.map(({ code, share, lines }): SheetCell[] => [
    words.flagName(code),
    share === null ? null : Number(share),
    lines.slice(0, 50).join(', '),
  ])
  const gases = result.gasesNotCovered.map(({ gas, lines }): SheetCell[] => [
    `${words.notCovered} ${gas}`,
    null,
    lines.slice(0, 50).join(', '),
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
