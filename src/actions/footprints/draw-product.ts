/**
 * Draws what a product's report says of its uncertainty, and of two alternatives on the same draws. It informs: nothing of it is in a
 * record, so that it is made anew each time, from what was calculated, and only where this engine comes to the figure that is reported.
 */

import { analyzeProduct, presentAnalysis } from '#engine'
import type { AnalysisRequest } from '../../engine/analysis/types.ts'
import type { PresentedResult } from '../../engine/present.ts'
import type { CalculationContext, CalculationInput, Decimal, ProductInput } from '../../engine/types.ts'
import { isProblem, Problem, type ProblemCode } from '../../problem.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import { uncertainParametersOf } from '../../report/product/members.ts'
import type { ComparedDraws, MonteCarlo, NotDrawn, ReportedDraws } from '../../report/product/types.ts'

/** How often, and from which seed, a report draws. */
export interface DrawsAsked {
  readonly draws: number
  readonly seed: number
}

export const drawsByDefault: DrawsAsked = { draws: 1000, seed: 1 }

/** Lines × draws of a report at most: it is asked for often; an analysis draws more. */
export const reportDrawsMax = 10_000_000

/** A product as it was calculated. */
export interface Drawable {
  readonly input: CalculationInput
  readonly result: PresentedResult
  /** What it stands on, as its reader may see it. */
  readonly readContext: () => Promise<CalculationContext>
}

const nothingElse: Omit<AnalysisRequest, 'parts' | 'draws' | 'seed' | 'comparison'> = {
  ...{ cutOff: 1, depthMax: 1, nodesMax: 1, most: 1, carried: 1 },
  ...{ scenarios: [], parameterTables: [] },
}

/** The draws of one product; null where nothing of it is stated to be uncertain. */
export async function drawProduct(product: Drawable, asked: DrawsAsked): Promise<MonteCarlo | null> {
  if (isCertain(product)) return null
  return drawnOr(asked, [product], async () => {
    const request: AnalysisRequest = { ...nothingElse, ...asked, parts: ['uncertainty'] }
    const { system, context } = await readSystem(product)
    const analysis = presentAnalysis(analyzeProduct(system, context, request))
    requireSame(product, analysis.total)
    return analysis.uncertainty && withoutSetting(analysis.uncertainty)
  })
}

/** Two products on the same draws; null where nothing of either is stated to be uncertain. */
export async function drawBoth(
  a: Drawable,
  b: Drawable,
  asked: DrawsAsked,
): Promise<ReportedDraws<ComparedDraws> | null> {
  if (isCertain(a) && isCertain(b)) return null
  return drawnOr(asked, [a, b], async () => {
    const [one, other] = await Promise.all([readSystem(a), readSystem(b)])
    const request: AnalysisRequest = { ...nothingElse, ...asked, parts: [], comparison: other }
    const analysis = presentAnalysis(analyzeProduct(one.system, one.context, request))
    requireSame(a, analysis.total)
    requireSame(b, analysis.comparison?.b.point)
    return analysis.comparison && withoutSetting(analysis.comparison)
  })
}

/** How it was drawn stands beside it. */
function withoutSetting<Drawn extends { readonly drawn: unknown }>({ drawn: _, ...totals }: Drawn) {
  return totals
}

/** Whether no line and no parameter is stated to be uncertain; of lines a record of an older engine does not say. */
export function isCertain({ input, result }: Pick<Drawable, 'input' | 'result'>): boolean {
  const ofParameters = uncertainParametersOf(input as ProductInput)
  return ofParameters === 0 && result.product?.uncertainty?.halfWidthKgCo2e === null
}

async function readSystem({ input, readContext }: Drawable) {
  return { system: canonicalInput(input) as ProductInput, context: await readContext() }
}

/** What was drawn, or why nothing was: a report stands without its draws. */
async function drawnOr<Totals extends object>(
  { draws, seed }: DrawsAsked,
  products: readonly Drawable[],
  made: () => Promise<Totals | null>,
): Promise<ReportedDraws<Totals>> {
  const drawn = { generator: 'philox4x32-10', seed, draws } as const
  try {
    refuseTooMuch(draws, products)
    return { drawn, totals: await made(), refusal: null }
  } catch (thrown) {
    if (!isProblem(thrown) || passing.includes(thrown.code)) throw thrown
    return { drawn, totals: null, refusal: refusalOf(thrown) }
  }
}

/** What says nothing of the product, and may be otherwise in a moment. */
const passing: readonly ProblemCode[] = ['unavailable', 'stored-object-corrupt']

function refusalOf({ code, facts }: Problem): NotDrawn {
  return { code, detail: String(facts.detail) }
}

/** @throws Problem `analysis-too-large`. */
function refuseTooMuch(draws: number, products: readonly Drawable[]): void {
  const work = products.reduce((sum, { input }) => sum + input.lines.length, 0) * draws
  if (work <= reportDrawsMax) return
  const detail = `Lines times draws are ${work}, and a report draws at most ${reportDrawsMax}; ask for fewer draws, or for the analysis (GET …/analysis), which draws more.`
  throw new Problem('analysis-too-large', detail, { work, workMax: reportDrawsMax })
}

/** @throws Problem `recomputation-differs`: another engine calculated it. */
function requireSame({ result }: Drawable, computed: Decimal | undefined): void {
  if (computed === result.total) return
  const detail = `The footprint states ${result.total} kg CO2e and this engine comes to ${computed}: it was calculated by an earlier engine, and only that may draw for it.`
  throw new Problem('recomputation-differs', detail, { recorded: result.total, computed })
}
