/** Texts of drawings on lines of their own: words stay whole, and what does not fit says so. */

import { describe, expect, test } from 'vitest'
import { textWidth, wrapped } from '../../src/web/report/fitting.ts'

describe('a text on several lines', () => {
  test('is broken where words end, and where a Chinese sign begins, into lines of about one length', () => {
    expect(wrapped('Powder coating', 70, 12.5, 2)).toEqual(['Powder', 'coating'])
    expect(wrapped('钢板下料、折弯与焊接', 80, 12.5, 2)).toEqual(['钢板下料、', '折弯与焊接'])
    expect(wrapped('Impeller', 70, 12.5, 3)).toEqual(['Impeller'])
  })

  test('is cut with an ellipsis where a word is too long, or the lines are too few', () => {
    expect(wrapped('5 Processing', 60, 12.5, 3)).toEqual([expect.stringMatching(/^5 Proc\S*…$/)])
    const lines = wrapped('Cutting, bending and welding of sheet steel', 90, 12.5, 2)
    expect([lines.length, lines.at(-1)?.endsWith('…')]).toEqual([2, true])
  })

  test('never parts a percent sign from its number, and never is wider than there is room', () => {
    expect(wrapped('Steel, with 12 % offcuts', 90, 12.5, 2).join('|')).not.toContain('12|%')
    for (const text of ['Camellia seeds, mean of both cooperatives', '油茶籽（两家合作社加权平均）', 'a b c'])
      for (const width of [40, 60, 90, 140])
        for (const line of wrapped(text, width, 12.5, 3))
          expect(textWidth(line, 12.5)).toBeLessThanOrEqual(width)
  })
})
