/** Meters of a site that are read without a multiplier (倍率) beside others that have one: often it was forgotten. */

import type { ProductInput, SiteTotal } from '../types.ts'

/** A total read without a multiplier. */
export interface Unmultiplied {
  readonly site: string
  readonly total: string
  /** The largest of the meters of the same site and unit. */
  readonly multiplierOfOthers: number
  /** The lines that take of it. */
  readonly lines: readonly string[]
}

export function totalsWithoutMultiplier(
  input: Pick<ProductInput, 'siteData' | 'processes' | 'lines'>,
): readonly Unmultiplied[] {
  const siteOf = new Map(input.processes.map(({ id, site }) => [id, site?.site]))
  return (input.siteData ?? []).flatMap(({ id: site, totals }) => {
    const metered = totals.filter(({ meter }) => meter !== undefined)
    return [...Map.groupBy(metered, ({ meter }) => meter?.unit).values()].flatMap(bareAmong).map((bare) => {
      const takes = input.lines.filter(
        ({ process, fromSite }) => fromSite?.total === bare.total && siteOf.get(process ?? '') === site,
      )
      return { site, ...bare, lines: takes.map(({ id }) => id) }
    })
  })
}

function bareAmong(
  peers: readonly SiteTotal[],
): readonly Pick<Unmultiplied, 'total' | 'multiplierOfOthers'>[] {
  const most = Math.max(...peers.flatMap(multipliersOf))
  if (!(most > 1)) return []
  return peers
    .filter((peer) => multipliersOf(peer).every((each) => each === 1))
    .map(({ id }) => ({ total: id, multiplierOfOthers: most }))
}

function multipliersOf({ meter }: SiteTotal): readonly number[] {
  return meter?.meters.map(({ multiplier }) => Number(multiplier)) ?? []
}
