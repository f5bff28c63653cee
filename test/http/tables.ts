/** Factor tables for tests: files small enough to be read beside the test, and the requests of their life. */

import { expect } from 'vitest'
import { type Answer, call } from './api.ts'

const columns =
  'id,name_en,name_zh,category,family,region,year,unit,co2_kg,ch4_kg,n2o_kg,co2_biogenic_kg,other_flows,stated_co2e_kg,' +
  'gwp_basis,gases_not_covered,includes_transmission,fossil_fugitive_methane,confirmation,source_id,source_locator,' +
  'uncertainty,acknowledged,notes'

/** A row of electricity, CO2 only; its Chinese name has no word that people search for, since thousands of rows carry it. */
export function powerRow(id: string, kgCo2PerKwh: string, name = `Supplier power ${id}`): string {
  return `${id},${name},供方之数,electricity,electricity-generation,CN,2025,kWh,${kgCo2PerKwh},,,,,,gas-masses,CH4 N2O,no,no,primary,BILL,p. 1,,,`
}

/** `factors.csv` of these rows. */
export function csvOf(rows: readonly string[]): string {
  return `${[columns, ...rows].join('\n')}\n`
}

/** A version's files: one row of 0.2 kg CO2 per kWh, not to be passed on, unless told otherwise. */
export function tableFiles(
  table: string,
  version: string,
  facts: Record<string, unknown> = {},
  rows: readonly string[] = [powerRow('power', '0.2')],
) {
  return {
    'table.json': {
      table,
      version,
      title: { en: 'Power of a supplier', zh: '供应商电力' },
      publisher: 'Test Supplier',
      edition: version,
      licence: {
        name: 'Test data',
        terms: table.includes('.') ? 'private' : 'unclear',
        redistributable: false,
        attribution: 'Test Supplier',
        note: null,
      },
      citations: ['Bill of 2025'],
      territory: 'CN',
      years: { from: 2025, to: 2025 },
      gwpBasis: 'gas-masses',
      gasesCovered: 'CO2',
      supersedes: null,
      yearFallbackLimit: 3,
      rounding: null,
      notes: [],
      sources: [
        {
          id: 'BILL',
          title: 'Bill of 2025',
          publisher: 'Test Supplier',
          year: 2025,
          licence: 'private',
          citation: 'Bill of 2025',
          obtained: 'the supplier’s own copy',
          fileDigest: null,
          confirmation: 'primary',
          checks: 'read by two persons',
        },
      ],
      ...facts,
    },
    'factors.csv': csvOf(rows),
  }
}

/** A licence that lets the table be passed on. */
export const free = {
  licence: {
    name: 'CC BY 4.0',
    terms: 'attribution',
    redistributable: true,
    attribution: 'Test',
    note: null,
  },
}

export const versionPath = (table: string, version: string) =>
  `/v1/factor-tables/${table}/versions/${version}`

export function putDraft(
  token: string,
  table: string,
  version: string,
  files: unknown = tableFiles(table, version),
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('PUT', versionPath(table, version), { token, body: files, headers })
}

export function publish(
  token: string,
  table: string,
  version: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('POST', `${versionPath(table, version)}/publish`, { token, headers })
}

export function withdraw(
  token: string,
  table: string,
  version: string,
  reason = 'A meter was read wrongly.',
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call('POST', `${versionPath(table, version)}/withdraw`, { token, body: { reason }, headers })
}

/** A version drafted and published; answers its digest. */
export async function published(
  token: string,
  table: string,
  version: string,
  files: unknown = tableFiles(table, version),
): Promise<string> {
  const draft = await putDraft(token, table, version, files)
  expect(draft.status, JSON.stringify(draft.body)).toBe(201)
  const answer = await publish(token, table, version)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.digest
}
