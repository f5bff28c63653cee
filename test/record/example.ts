/** A small footprint for the record's tests: what a factory in Xiamen might send, and an engine that only multiplies. */

import type { CalculationContext, CalculationInput, InventoryInput } from '../../src/engine/types.ts'
import type { Digest } from '../../src/json/digest.ts'
import type { RecordableResult } from '../../src/record/calculation-record.ts'
import type { RevisionFacts } from '../../src/record/revision.ts'

export const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}`

export const saltKey = new Uint8Array(32).fill(1)

export const facts: RevisionFacts = {
  footprint: { id: '3f0c5a54-7c1e-4b61-9a54-0d6d4a1f9b01', revision: 1, supersedes: null },
  title: 'Xiamen example factory 2024',
  client: {
    name: { en: 'Example Ltd', zh: '示例有限公司' },
    country: 'CN',
    unifiedSocialCreditCode: '91350200MA00000000',
  },
  responsibleParty: { name: { en: 'Example Ltd', zh: '示例有限公司' }, address: null },
  manufacturer: null,
  factory: null,
  intendedUsers: null,
  product: null,
  sites: [{ name: { en: 'Works 1', zh: null }, address: { en: '1 Sea Road, Xiamen', zh: null } }],
  boundary: 'operational-control',
  exclusions: [],
  productCategoryRules: null,
  scheme: { id: 'egret-development', version: '1', digest: digest('c') },
  managementDeclaration: { digest: digest('d') },
}

export const input: InventoryInput = {
  kind: 'organization',
  period: { start: '2024-01-01', end: '2025-01-01' },
  region: 'CN-FJ',
  gwpSet: { id: 'ipcc-ar6', version: '1' },
  factorTables: [{ table: 'cn-electricity', version: '1' }],
  lines: [
    { id: 'a', category: 'electricity', quantity: { amount: '118400.0', unit: 'kWh' } },
    { id: 'b', category: 'electricity', quantity: { amount: '-0.25e1', unit: 'MWh' }, description: 'café' },
  ],
}

export const context: CalculationContext = {
  tables: [
    {
      table: 'cn-electricity',
      version: '1',
      digest: digest('a'),
      title: { en: 'Example', zh: null },
      factors: [],
      fuels: [],
      yearFallbackLimit: 0,
    },
  ],
  gwpSet: {
    id: 'ipcc-ar6',
    version: '1',
    digest: digest('b'),
    title: { en: 'AR6', zh: null },
    basis: 'AR6',
    values: {},
    inTotal: [],
    blends: {},
    aliases: {},
  },
}

export const pins = {
  gwpSet: { id: 'ipcc-ar6', version: '1', digest: digest('b') },
  factorTables: [{ table: 'cn-electricity', version: '1', digest: digest('a') }],
}

/** Twice the amount: enough to see whether a record is computed again. */
export function double(given: CalculationInput): RecordableResult & { readonly total: string } {
  const lines = given.lines.map(({ id, quantity }) => ({ id, kgCo2e: String(2 * Number(quantity?.amount)) }))
  const total = String(lines.reduce((sum, line) => sum + Number(line.kgCo2e), 0))
  const ids = lines.map(({ id }) => id)
  const gasesNotCovered = [{ gas: 'CH4', lines: ids }]
  const flags = [{ code: 'own-factor', lines: ids.slice(1) }]
  return { kind: given.kind, ...pins, total, lines, gasesNotCovered, flags }
}
