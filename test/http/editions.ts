/** Factor tables of a test's own, in several versions, published through the port. */

import { publishTable } from '../../src/actions/registry/publish.ts'
import { tableVersionOf } from '../../src/factors/load.ts'
import type { FactorTableVersion } from '../../src/ports/registry.ts'
import type { Ports } from '../../src/ports.ts'
import { canonicalTable, publishedTable } from '../../src/tables/canonical.ts'
import type { PublishedFactor, PublishedTable, TableFacts } from '../../src/tables/format.ts'

const source = { id: 'test', locator: 'row' }

/** A row of CO2 alone: `kg` of fossil CO2 per `unit`. */
export function row(id: string, kg: string, changes: Partial<PublishedFactor> = {}): PublishedFactor {
  return {
    id,
    name: { en: id, zh: null },
    category: 'electricity',
    family: 'electricity-generation',
    region: 'CN',
    year: 2023,
    unit: 'kWh',
    flows: [{ kind: 'fossil', gas: 'CO2', kg }],
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    gasesNotCovered: [],
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source,
    notes: null,
    uncertainty: null,
    acknowledged: {},
    ...changes,
  }
}

/** An edition of a test table; what it supersedes stands in its facts. */
export function edition(
  table: string,
  version: string,
  factors: readonly PublishedFactor[],
  changes: Partial<TableFacts> = {},
): PublishedTable {
  const facts: TableFacts = {
    table,
    version,
    title: { en: 'Test table', zh: '测试表' },
    publisher: 'Test',
    edition: version,
    licence: { name: 'CC0', redistributable: true, attribution: 'Test', note: null },
    citations: [],
    territory: 'CN',
    years: { from: 2023, to: 2023 },
    gwpBasis: 'gas-masses',
    gasesCovered: 'CO2',
    supersedes: null,
    yearFallbackLimit: 3,
    rounding: null,
    notes: [],
    sources: [],
    ...changes,
  }
  return publishedTable(facts, { factors, fuels: [] })
}

/** Publishes it, as set-up would, or in another standing. */
export async function publish(
  ports: Ports,
  published: PublishedTable,
  standing: Partial<FactorTableVersion> = {},
): Promise<void> {
  const version = { ...tableVersionOf(published, ports.world.now()), ...standing }
  await publishTable(ports, { version, canonical: canonicalTable(published) }, published.table.factors)
}
