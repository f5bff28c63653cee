/** Factor tables of a test's own, in several versions, published through the port. */

import { tableEntry } from '../../src/actions/registry/log-entries.ts'
import { publishTable } from '../../src/actions/registry/publish.ts'
import type { Ports } from '../../src/ports.ts'
import { publishedTable } from '../../src/tables/canonical.ts'
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

const nobody = '00000000-0000-0000-0000-000000000000'
const operator = {
  clientId: nobody,
  organizationId: nobody,
  organizationKind: 'operator' as const,
  memberId: null,
  personId: null,
  scopes: [],
}
const mark = { idempotencyKey: null, digest: 'test' }

/** Publishes it, as set-up would. */
export async function publish(ports: Ports, document: PublishedTable): Promise<void> {
  await publishTable(ports, { actor: operator, mark }, document)
}

/** Withdraws a published version. */
export async function withdraw(ports: Ports, { table }: PublishedTable): Promise<void> {
  const by = { actor: operator, mark, at: ports.world.now() }
  const note = { auditId: ports.world.newId(), versionId: ports.world.newId() }
  const { table: name, version, digest } = table
  const entry = tableEntry('withdrawn', { table: name, version, digest, ownerOrganizationId: null }, by.at)
  await ports.registry.withdrawTable(by, note, { table: name, version, reason: 'A unit was wrong.' }, entry)
}
