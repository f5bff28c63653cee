/** A certificate with every member that the format has, also those that nothing fills yet. */

import type { Credential } from '../../src/credential/schema.ts'
import { digestOf } from '../../src/json/digest.ts'
import { certifying, credentialOf } from './example.ts'

const bilingual = { en: 'Words', zh: '文字' }
const label = { en: 'Words' }
const tonnes = (amount: string) => ({ amount, unit: 'tCO2e' as const })
const codes = [{ system: 'LEI', code: '5493001KJTIIGC8Y1R12' }]

/** A product's certificate, complete. */
export function fullCredential(): Credential {
  const certificate = structuredClone(credentialOf({ issuing: certifying }))
  const { credentialSubject: footprint } = certificate
  const face = { label, address: { zh: '厦门' }, identifiers: codes }
  return {
    ...certificate,
    iss: certificate.issuer.id,
    issuer: { ...certificate.issuer, address: bilingual },
    firstValidFrom: '2024-11-20T08:00:00Z',
    supersedes: { credential: 'https://egret.example/credentials/before', digest: digestOf('before') },
    responsibilities: bilingual,
    certificationMode: bilingual,
    mark: { identifier: 'own', label: bilingual },
    surveillance: { intervalMonths: 12, nextDue: '2027-11-20' },
    complaintsAddress: 'https://egret.example/complaints',
    credentialSubject: {
      ...footprint,
      type: 'ProductFootprint',
      holder: { ...footprint.holder, identifiers: codes },
      manufacturer: face,
      factory: face,
      product: {
        label: bilingual,
        model: 'XF-120',
        models: ['XF-120', 'XF-140'],
        specification: '120 W',
        trademark: 'Example',
        identifiers: [{ system: 'GTIN', code: '06901234567892' }],
        classifications: [{ system: 'HS', code: '8414.51' }],
      },
      declaredUnit: { amount: '1', unit: 'piece' },
      functionalUnit: { label: bilingual, referenceFlow: { amount: '1', unit: 'piece' } },
      productCategoryRules: { rules: 'PCR-1', edition: '2', operator: 'Example', label },
      methodChoices: [{ aspect: 'allocation', method: 'By mass' }],
      scheme: { ...footprint.scheme, filing: { authority: bilingual, number: 'F-1' } },
      baseYear: { period: footprint.period, total: tonnes('70.00'), statement: bilingual },
      reductionPlan: {
        statement: bilingual,
        targets: [{ label: bilingual, fromYear: '2024', toYear: '2030', reduction: '0.3' }],
        digest: digestOf('plan'),
      },
      dataQuality: {
        primaryDataShare: '0.8',
        ratedShare: '0.95',
        ratings: [{ indicator: 'temporal', rating: '1.5' }],
        method: 'PACT',
        statement: bilingual,
      },
      uncertainty: {
        method: 'monte-carlo',
        confidence: '0.95',
        lower: tonnes('60.00'),
        upper: tonnes('66.00'),
        draws: '10000',
        seed: '42',
        statement: bilingual,
      },
      result: {
        ...footprint.result,
        breakdowns: ['byKind', 'byScope', 'byIsoCategory', 'byStage', 'byCategory', 'byGas', 'bySite'],
        byKind: [{ kind: 'fossil', inTotal: true, ...tonnes('62.82') }],
        byScope: [{ scope: '2', ...tonnes('62.82') }],
        byIsoCategory: [{ isoCategory: '2', ...tonnes('62.82') }],
        byStage: [{ stage: 'production', ...tonnes('62.82') }],
        byCategory: [{ category: 'purchased-electricity', ...tonnes('62.82') }],
        byGas: [{ gasGroup: 'CO2', ...tonnes('62.82') }],
        bySite: [{ label: bilingual, ...tonnes('62.82') }],
        alternatives: [{ method: 'market-based', part: 'scope-2', ...tonnes('70.00') }],
        intensities: [{ label: bilingual, amount: '0.12', unit: 'tCO2e/piece' }],
        carbonContents: [{ kind: 'biogenic', amount: '0.2', unit: 'kg' }],
      },
      verification: {
        ...footprint.verification,
        opinion: 'modified',
        basis: 'One meter failed.',
        conclusion: bilingual,
        criteria: ['ISO 14067:2018'],
        procedures: bilingual,
        siteVisits: [{ label: bilingual, visitedOn: '2026-10-01' }],
      },
    },
  }
}
