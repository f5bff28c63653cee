/** A private table over HTTP: the steam that a neighbour delivers, as its customer keeps it in a table of its own. */

import { expect } from 'vitest'
import { type Answer, call } from './api.ts'
import type { Enterprise } from './cast.ts'

/** A name as an enterprise may choose it: it tells who the supplier is. */
export const supplier = 'baowu'

const header =
  'id,name_en,name_zh,category,family,region,year,unit,co2_kg,ch4_kg,n2o_kg,co2_biogenic_kg,other_flows,stated_co2e_kg,gwp_basis,gases_not_covered,includes_transmission,fossil_fugitive_methane,confirmation,source_id,source_locator,uncertainty,acknowledged,notes'

/** Files of a version whose one row is steam at so many kg of CO2 per GJ. */
export function steamTable(
  by: Enterprise,
  version: string,
  kgPerGj: string,
  supersedes: string | null = null,
  changes: Record<string, unknown> = {},
) {
  const row = `steam,Steam of ${supplier} works,,heat,heat,CN,2024,GJ,${kgPerGj},,,,,,gas-masses,CH4 N2O,no,no,primary,meter,sheet 1,,,`
  return {
    'table.json': {
      table: `${by.slug}.${supplier}-steam`,
      version,
      title: { en: `Steam of ${supplier} works`, zh: null },
      publisher: by.slug,
      edition: `Meters of ${version}`,
      licence: {
        name: 'Supplier data, confidential',
        terms: 'private',
        redistributable: false,
        attribution: `${supplier} works`,
        note: 'Given to the customer and its verifier.',
      },
      citations: ['Letter of the works'],
      territory: 'CN',
      years: { from: 2024, to: 2024 },
      gwpBasis: 'gas-masses',
      gasesCovered: 'CO2 only',
      supersedes,
      yearFallbackLimit: 1,
      rounding: null,
      notes: [],
      sources: [
        {
          id: 'meter',
          title: 'Meter readings and fuel invoices',
          publisher: `${supplier} works`,
          year: 2024,
          licence: 'Supplier data, confidential',
          citation: 'Letter of the works',
          obtained: 'from the works itself',
          fileDigest: null,
          confirmation: 'primary',
          checks: 'compared with the invoices',
        },
      ],
      ...changes,
    },
    'factors.csv': `${header}\n${row}\n`,
  }
}

/** Where a version of it lives. */
export const steamPath = (by: Enterprise, version: string) =>
  `/v1/factor-tables/${by.slug}.${supplier}-steam/versions/${version}`

/** Keeps it as a draft; answers its digest. */
export async function draftSteam(
  by: Enterprise,
  version: string,
  kgPerGj: string,
  supersedes: string | null = null,
): Promise<string> {
  const { token } = by.preparer
  const files = steamTable(by, version, kgPerGj, supersedes)
  const saved = await call('PUT', steamPath(by, version), { token, body: files })
  expect(saved.status, JSON.stringify(saved.body)).toBe(201)
  return saved.body.digest
}

/** Publishes it; answers its digest. */
export async function publishSteam(
  by: Enterprise,
  version: string,
  kgPerGj: string,
  supersedes: string | null = null,
): Promise<string> {
  const digest = await draftSteam(by, version, kgPerGj, supersedes)
  const published = await call('POST', `${steamPath(by, version)}/publish`, { token: by.preparer.token })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  return digest
}

export function withdrawSteam(by: Enterprise, version: string, reason: string): Promise<Answer> {
  return call('POST', `${steamPath(by, version)}/withdraw`, { token: by.preparer.token, body: { reason } })
}

/** How a footprint pins it. */
export const steamPin = (by: Enterprise, version: string) => ({
  table: `${by.slug}.${supplier}-steam`,
  version,
})
