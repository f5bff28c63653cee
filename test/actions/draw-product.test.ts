/** What a report draws, and when it does not: the report stands all the same, and says why. */

import { describe, expect, test } from 'vitest'
import {
  type Drawable,
  drawBoth,
  drawProduct,
  reportDrawsMax,
} from '../../src/actions/footprints/draw-product.ts'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { CalculationContext, ProductInput } from '../../src/engine/types.ts'
import { Problem } from '../../src/problem.ts'
import { assumedInput, chairInput, lightChairInput, loopInput } from '../report/made-up-product.ts'

const asked = { draws: 200, seed: 3 }

function drawable(
  [input, context]: readonly [ProductInput, CalculationContext],
  changes: Partial<Drawable> = {},
): Drawable {
  const { result } = presentResult(calculate(input, context))
  return { input, result, readContext: async () => context, ...changes }
}

describe('the draws of a report', () => {
  test('are the same for the same seed, alone and beside another product', async () => {
    const alone = await drawProduct(drawable(chairInput()), asked)
    expect(alone?.drawn).toEqual({ generator: 'philox4x32-10', seed: 3, draws: 200 })
    const both = await drawBoth(drawable(chairInput()), drawable(lightChairInput()), asked)
    expect(both?.totals?.a).toEqual(alone?.totals)
    expect(both?.totals?.shared).toBe(both?.totals?.b.sources)
  })

  test('are not made where nothing is stated to be uncertain, and nothing is read for them', async () => {
    const unread = async () => {
      throw new Error('read')
    }
    expect(await drawProduct(drawable(loopInput(), { readContext: unread }), asked)).toBeNull()
  })

  test('are made where only a parameter is uncertain, of either of two', async () => {
    const assumed = drawable(assumedInput())
    const alone = await drawProduct(assumed, { draws: 2000, seed: 1 })
    // Uniform from 5.5 to 7 kg: a fortieth of 1.5 kg is left out at either end.
    expect(alone?.totals?.sources).toBe(1)
    expect(Math.abs(Number(alone?.totals?.statistics?.low) - 5.5375)).toBeLessThan(0.03)
    expect(Math.abs(Number(alone?.totals?.statistics?.high) - 6.9625)).toBeLessThan(0.03)
    const sure = drawable(loopInput())
    expect((await drawBoth(assumed, sure, asked))?.totals?.a.sources).toBe(1)
    expect((await drawBoth(sure, assumed, asked))?.totals?.b.sources).toBe(1)
    expect(await drawBoth(sure, sure, asked)).toBeNull()
  })

  test('are not made for a figure that another engine came to', async () => {
    const { result, ...chair } = drawable(chairInput())
    const another = { ...chair, result: { ...result, total: '19.6' } }
    const draws = await drawProduct(another, asked)
    expect(draws).toMatchObject({ totals: null, refusal: { code: 'recomputation-differs' } })
    // B’s figure counts as well as A’s.
    const light = drawable(lightChairInput())
    for (const both of [await drawBoth(another, light, asked), await drawBoth(light, another, asked)])
      expect(both?.refusal?.code).toBe('recomputation-differs')
  })

  test('are bounded by lines times draws, which two products share', async () => {
    const chair = drawable(chairInput())
    const { lines } = chair.input
    const draws = Math.ceil(reportDrawsMax / lines.length)
    expect((await drawProduct(chair, { draws: draws + 1, seed: 1 }))?.refusal?.code).toBe(
      'analysis-too-large',
    )
    const half = { draws: Math.ceil(draws / 2) + 1, seed: 1 }
    expect((await drawBoth(chair, chair, half))?.refusal?.code).toBe('analysis-too-large')
  })

  test('say that a table cannot be read any more, but not that storage rests for a moment', async () => {
    const failing = (problem: Problem) =>
      drawable(chairInput(), { readContext: () => Promise.reject(problem) })
    const gone = await drawProduct(failing(new Problem('unknown-factor-table', 'No such table.')), asked)
    expect(gone?.refusal).toEqual({ code: 'unknown-factor-table', detail: 'No such table.' })
    await expect(drawProduct(failing(new Problem('unavailable', 'Later.')), asked)).rejects.toThrow(
      'unavailable',
    )
  })
})
