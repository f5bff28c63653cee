/**
 * The sums that standards ask of a product, checked against the total that they were not made from. A part and its sum are each rounded
 * once, so they may differ by a few roundings; by more only if this engine is wrong, and then it says nothing.
 */

import { exactSum } from '../exact-sum.ts'
import type { CarbonHeld, Iso14067Sums, LineResult, PactSums, ProductSums } from '../types.ts'
import type { BiogenicFlows } from './biogenic-balance.ts'
import { beforeGate } from './gate.ts'
import { isOutsideGroups, isoSumsOf } from './iso-sums.ts'
import { pactSumsOf } from './pact-sums.ts'
import type { SolvedProduct } from './solve-product.ts'

/** Of the sum of all absolute terms: sixteen roundings of a double. */
const roundings = 2 ** -49

/** The sums of a solved system. */
export function productSumsOf(
  solved: SolvedProduct,
  lines: readonly LineResult[],
  biogenic: BiogenicFlows,
  content: CarbonHeld | null,
): ProductSums {
  const sums = {
    pact: pactSumsOf(solved, lines, biogenic, content),
    iso14067: isoSumsOf(lines),
  }
  if (sums.pact) checkPact(sums.pact, beforeGate(lines))
  checkIso(sums.iso14067, lines)
  return sums
}

/** What the total counts, and what PACT counts beside it: land’s biogenic CO2, removals, gases outside the seven groups. */
function checkPact(sums: PactSums, lines: readonly LineResult[]): void {
  const beside = lines.flatMap((line) =>
    line.gases.filter(
      (gas) =>
        gas.kind === 'removal' ||
        (isOutsideGroups(gas) && line.landUseChange?.kind !== 'indirect') ||
        (gas.kind === 'biogenic' && gas.gas === 'CO2' && line.flowOrigin === 'land-management'),
    ),
  )
  const counted = [...lines.map(({ kgCo2e }) => kgCo2e), ...beside.map(({ kgCo2e }) => kgCo2e ?? 0)]
  requireEqual('PACT without uptake', sums.pcfExcludingBiogenicUptake, counted, lines)
  const including = [...counted, sums.biogenicCO2Uptake ?? 0]
  requireEqual('PACT with uptake', sums.pcfIncludingBiogenicUptake, including, lines)
}

/** What the total counts, and the kinds that are shown apart. */
function checkIso(sums: Iso14067Sums, lines: readonly LineResult[]): void {
  const counted = lines.map(({ kgCo2e }) => kgCo2e)
  const removed = termsOf(lines, ['removal'])
  requireEqual(
    'ISO 14067 without biogenic CO2',
    sums.netWithoutBiogenicCo2KgCo2e,
    [...counted, ...removed],
    lines,
  )
  const biogenic = lines.flatMap(({ gases }) =>
    gases.filter(({ kind, gas }) => kind === 'biogenic' && gas === 'CO2').map(({ kgCo2e }) => kgCo2e ?? 0),
  )
  const all = [...counted, ...removed, ...biogenic, ...termsOf(lines, ['biogenic-uptake'])]
  requireEqual('ISO 14067 net', sums.netKgCo2e, all, lines)
}

function termsOf(lines: readonly LineResult[], kinds: readonly string[]): readonly number[] {
  return lines.flatMap(({ gases }) =>
    gases.filter(({ kind }) => kinds.includes(kind)).map(({ kgCo2e }) => kgCo2e ?? 0),
  )
}

/** @throws Error, a fault of ours. */
function requireEqual(
  name: string,
  sum: number,
  counted: readonly number[],
  lines: readonly LineResult[],
): void {
  const sizes = lines.flatMap(({ gases }) => gases.map(({ kgCo2e }) => Math.abs(kgCo2e ?? 0)))
  if (Math.abs(sum - exactSum(counted)) <= exactSum(sizes) * roundings) return
  throw new Error(`the parts and the sum of ${name} differ: ${sum} and ${exactSum(counted)}`)
}
