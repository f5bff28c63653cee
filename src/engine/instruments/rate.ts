/** A factor as instruments convey it and the rest of scope 2 uses it: so many kg CO2e per kWh of electricity, whoever it is of. */

import { times } from '../arithmetic.ts'
import { boughtElectricity, requireFamily } from '../categories.ts'
import { parseDecimal } from '../decimal.ts'
import { exactSum } from '../exact-sum.ts'
import { basisUnknown, characterize, gasBySource } from '../gwp.ts'
import { requireGreenhouseGas } from '../releases.ts'
import { type Chosen, chooseFactor, factorUsed, ownTable } from '../resolve.ts'
import { countedCo2e, type MarketUse } from '../totals.ts'
import type { EmissionFactor, FactorChoice, FactorUsed, GwpSet, UnitCode } from '../types.ts'
import { convert, dimensionOf, incompatible, unitOf } from '../units.ts'
import type { Frame } from '../weigh-line.ts'

export interface Rate {
  readonly factor: FactorUsed
  /** The category under which its table holds it. */
  readonly category: string
  readonly unit: UnitCode
  /** What counts in the total, per unit. */
  readonly kgCo2ePerUnit: number
  readonly use: MarketUse
}

/** Where and when the electricity is from. */
export interface Origin {
  readonly region: string
  readonly year: number
}

/**
 * The rate of a factor chosen as that of electricity that is bought is.
 * @throws Problem as {@link chooseFactor} does; `wrong-family`, `incompatible-dimension`, `no-greenhouse-gas`, `gwp-basis-mismatch`.
 */
export function rateOf(choice: FactorChoice, origin: Origin, frame: Frame): Rate {
  return rateOfRow(generationOf(choice, origin, frame), frame.gwpSet)
}

/** The factor itself. */
export function generationOf(
  choice: FactorChoice,
  { region, year }: Origin,
  { kind, library }: Pick<Frame, 'kind' | 'library'>,
): Chosen<EmissionFactor> {
  const category = boughtElectricity[kind]
  const chosen = chooseFactor(
    choice,
    { kind, category, region, year, dimensions: [dimensionOf('kWh')] },
    library,
  )
  requireFamily(kind, category, chosen.row.family, `Factor "${chosen.row.id}"`)
  requireGreenhouseGas(chosen.row)
  return chosen
}

export function rateOfRow(chosen: Chosen<EmissionFactor>, set: GwpSet): Rate {
  const { row } = chosen
  const unit = unitOf(row.unit)
  const kWh = unitOf('kWh')
  if (unit.dimension !== kWh.dimension) throw incompatible(kWh, unit)
  return {
    factor: factorUsed(chosen),
    category: row.category,
    unit: unit.code,
    kgCo2ePerUnit: exactSum(countedPerUnit(row, set)),
    use: {
      isProxy: false,
      isOwn: chosen.table === ownTable,
      isUnverified: row.confirmation === 'unverified',
      basisUnknown: basisUnknown(row, set),
      gasesNotCovered: row.gasesNotCovered,
    },
  }
}

function countedPerUnit(row: EmissionFactor, set: GwpSet): readonly number[] {
  const gases = row.flows.filter(({ kind }) => kind !== 'pollutant')
  return gases
    .map((flow) => ({ kind: flow.kind, gas: gasBySource(flow, row), kg: parseDecimal(flow.kg) }))
    .flatMap((release) => characterize(release, set))
    .map(countedCo2e)
}

/** kWh [in the factor's unit] × kg CO2e per unit. */
export function emissionOf(kWh: number, { unit, kgCo2ePerUnit }: Rate): number {
  return times(convert(kWh, 'kWh', unit), kgCo2ePerUnit)
}
