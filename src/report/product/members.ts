/** What a result says beside its sums, for its report: as it stands, and null where the record is older than it. */

import type { Names, ProductInput } from '../../engine/types.ts'
import type { NamedSite, ProductSource, ResultMembers } from './types.ts'

/** A record holds what its engine knew: an older one lacks members. */
export function membersOf({ result, system }: Pick<ProductSource, 'result' | 'system'>): ResultMembers {
  const { carbon, sums, primaryDataShare, dataQuality, uncertainty, allocations, circular, sites } = partly(
    result.product,
  )
  return {
    ...{ carbon: carbon ?? null, sums: sums ?? null, primaryDataShare: primaryDataShare ?? null },
    ...{ dataQuality: dataQuality ?? null, uncertainty: uncertainty ?? null },
    ...{ allocations: allocations ?? null, circular: circular ?? null },
    sites: sites?.map((year) => namedSite(year, system)) ?? null,
  }
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
