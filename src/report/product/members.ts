/** What a result says beside its sums, for its report: as it stands, and null where the record is older than it. */

import type { Names, ProductInput } from '../../engine/types.ts'
import type { NamedSite, ProductMethod, ProductReport, ProductSource, ResultMembers } from './types.ts'

/** A record holds what its engine knew: an older one lacks members. */
export function membersOf({ result, system }: Pick<ProductSource, 'result' | 'system'>): ResultMembers {
  const members = partly(result.product)
  const { carbon, sums, primaryDataShare, dataQuality, uncertainty, allocations, means, circular, sites } =
    members
  const { contractualInstruments } = members
  return {
    ...{ carbon: carbon ?? null, sums: sums ?? null, primaryDataShare: primaryDataShare ?? null },
    ...{ dataQuality: dataQuality ?? null, uncertainty: uncertainty ?? null },
    ...{ allocations: allocations ?? null, means: means ?? null, circular: circular ?? null },
    contractualInstruments: contractualInstruments ?? null,
    sites: sites?.map((year) => namedSite(year, system)) ?? null,
  }
}

/** The choices that stand in the calculation itself; a record of any engine has them as they were made. */
export function methodOf({ result, system }: Pick<ProductSource, 'result' | 'system'>): ProductMethod {
  return {
    capitalGoods: system.capitalGoods ?? null,
    emptyStages: system.emptyStages ?? [],
    productCategoryRules: partly(result.product).productCategoryRules ?? null,
  }
}

/** A functional unit's figure taken apart, as the result has it. */
export function perFunctionOf({ result }: Pick<ProductSource, 'result'>): ProductReport['perFunction'] {
  const unit = partly(result.product).functionalUnit ?? null
  return unit && { kgCo2ePerUnit: unit.kgCo2ePerUnit, kgCo2ePerYear: unit.kgCo2ePerYear }
}

/** How many parameters state how far they may be off: error propagation goes without them, and draws have them. */
export function uncertainParametersOf({ parameters = [] }: Pick<ProductInput, 'parameters'>): number {
  return parameters.filter(({ uncertainty }) => uncertainty !== undefined).length
}

function partly<Members extends object>(members: Members | null): Partial<Members> {
  return members ?? {}
}

function namedSite(year: NamedSite['year'], { siteData = [] }: Pick<ProductInput, 'siteData'>): NamedSite {
  const site = siteData.find(({ id }) => id === year.site)
  return {
    name: site?.name ?? { en: year.site, zh: null },
    names: {
      totals: namesOf(site?.totals),
      products: namesOf(site?.products),
      keys: namesOf(site?.keys),
    },
    year,
  }
}

function namesOf(
  named: readonly { readonly id: string; readonly name: Names }[] = [],
): Readonly<Record<string, Names>> {
  return Object.fromEntries(named.map(({ id, name }) => [id, name]))
}
