/** A table of three editions that holds what pages must not stumble over. Nothing in it is true. */

import type { Family, Flow } from '../../src/engine/types.ts'
import { publishedTable } from '../../src/tables/canonical.ts'
import type { PublishedFactor, PublishedTable, TableFacts } from '../../src/tables/format.ts'

/** What a page must show as text and never as markup. */
export const naughty = `</title>"'><script>alert(1)</script><img src=x onerror="alert(2)"> & &lt;b&gt;`

/** An id that every part of an address would take for something else. */
export const oddId = 'a.b/c?d#e%20f&g=h+i 电力'

const facts = (version: string, supersedes: string | null): TableFacts => ({
  table: 'made-up',
  version,
  title: { en: 'Made-up factors', zh: '虚构的因子' },
  publisher: naughty,
  edition: `Edition ${version}`,
  licence: { name: 'CC0', redistributable: true, attribution: naughty, note: null },
  citations: [],
  territory: 'CN',
  years: { from: Number(version), to: Number(version) },
  gwpBasis: 'AR5',
  gasesCovered: 'CO2',
  supersedes,
  yearFallbackLimit: 1,
  rounding: null,
  notes: [naughty],
  sources: [
    {
      id: 'NOWHERE',
      title: naughty,
      publisher: 'Nobody',
      year: 2021,
      licence: 'CC0',
      citation: 'none',
      obtained: 'made up for a test',
      fileDigest: null,
      confirmation: 'primary',
      checks: 'none',
    },
  ],
})

/** A row with what is told of it here, and harmless for the rest. */
export function madeUpFactor(id: string, changes: Partial<PublishedFactor> = {}): PublishedFactor {
  return {
    id,
    name: { en: `Row ${id}`, zh: `行 ${id}` },
    category: 'electricity',
    family: 'electricity-generation' as Family,
    region: 'CN-FJ',
    year: 2021,
    unit: 'kWh',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5' }],
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    gasesNotCovered: ['CH4', 'N2O'],
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source: { id: 'NOWHERE', locator: 'page 1' },
    notes: null,
    uncertainty: null,
    acknowledged: {},
    ...changes,
  }
}

const co2 = (kg: string): readonly Flow[] => [{ kind: 'fossil', gas: 'CO2', kg }]

/** `comes-and-goes` is missing in 2022; `doubles` is twice as much in 2023. */
export function madeUpTables(): readonly PublishedTable[] {
  const odd = madeUpFactor(oddId, {
    name: { en: naughty, zh: naughty },
    notes: naughty,
    confirmation: 'unverified',
    acknowledged: { 'gas-sum': naughty },
  })
  const zero = madeUpFactor('zero', { flows: co2('0'), gasesNotCovered: [] })
  const rows = (doubles: string) => [odd, zero, madeUpFactor('doubles', { flows: co2(doubles) })]
  const comesAndGoes = (kg: string) =>
    madeUpFactor('comes-and-goes', { flows: co2(kg), category: 'heat', family: 'heat' })
  return [
    publishedTable(facts('2021', null), { factors: [...rows('0.25'), comesAndGoes('1')], fuels: [] }),
    publishedTable(facts('2022', '2021'), { factors: rows('0.25'), fuels: [] }),
    publishedTable(facts('2023', '2022'), { factors: [...rows('0.5'), comesAndGoes('2')], fuels: [] }),
  ]
}
