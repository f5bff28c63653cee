/** Marks: which a document states, and when it may be shown. */

import { describe, expect, test } from 'vitest'
import { readScheme, type Scheme } from '../../src/certification/scheme.ts'
import { buildCredential } from '../../src/credential/claims.ts'
import { type MarkFacts, markObstaclesOf } from '../../src/credential/mark.ts'
import type { Credential } from '../../src/credential/schema.ts'
import { certifying, credentialOf, frozen, issuing, scheme, verification } from './example.ts'
import { fullCredential } from './full.ts'

const filing = {
  kind: 'filed' as const,
  authority: { en: 'An authority', zh: '某机关' },
  number: 'F-2026-1',
  on: '2026-01-01',
}

/** The example's certificate under a scheme whose certificates have these members. */
function certifiedUnder(changes: Partial<Scheme['documents'][number]>, of: Partial<Scheme> = {}): Credential {
  const documents = scheme.documents.map((rule) =>
    rule.kind === 'certificate' ? { ...rule, ...changes } : rule,
  )
  const changed = readScheme({ ...scheme, documents, ...of })
  return buildCredential({ ...issuing, ...certifying }, { ...frozen, scheme: changed }, verification)
}

describe('a document', () => {
  test('states the mark by name, when the body looks again, and how the scheme stands with an authority', () => {
    const credential = certifiedUnder({ mark: 'own', surveillanceMonths: 12 }, { filing })
    expect(credential.mark).toEqual({ identifier: 'own', label: scheme.title })
    // Issued on 2026-11-20, for two years.
    expect(credential.surveillance).toEqual({ intervalMonths: 12, nextDue: '2027-11-20' })
    expect(certifiedUnder({ surveillanceMonths: 24 }).surveillance).toEqual({ intervalMonths: 24 })
    expect(credential.credentialSubject.scheme.filing).toEqual({
      authority: filing.authority,
      number: filing.number,
    })
  })

  test('states none of them where the scheme says none', () => {
    for (const credential of [
      certifiedUnder({}),
      certifiedUnder({ mark: 'none' }, { filing: null }),
      credentialOf(),
    ]) {
      expect(credential).not.toHaveProperty('mark')
      expect(credential).not.toHaveProperty('surveillance')
      expect(credential.credentialSubject.scheme).not.toHaveProperty('filing')
    }
  })
})

const national = { identifier: 'national-product-carbon-footprint-label', label: { en: 'Label', zh: '标识' } }
const [inventoryRule, productRule] = scheme.subjects
const catalogue = {
  system: 'CN-PCF' as const,
  source: { en: 'A catalogue', zh: '某目录' },
  publishedOn: '2025-07-09',
  categories: [{ code: '0103', name: { en: 'Ovens', zh: '烤箱' } }],
}
const ofCatalogue = {
  ...scheme,
  subjects: [inventoryRule, { ...productRule, catalogue }],
} as Scheme

/** A product's certificate about this code, with everything in place for the mark. */
function marked(changes: Partial<Credential>, code = { system: 'CN-PCF', code: '0103' }): Credential {
  const { notice: _, ...certificate } = fullCredential()
  const { credentialSubject: subject } = certificate
  const product = { label: { en: 'Oven' }, classifications: [code] }
  return {
    ...certificate,
    development: false,
    mark: national,
    credentialSubject: { ...subject, product },
    ...changes,
  }
}
const agreeing: MarkFacts = {
  scheme: ofCatalogue,
  standing: 'active',
  approvals: [{ standards: ['GB/T 24067-2024', 'CN-PCF 0103'] }],
}

describe('the national mark', () => {
  test('is shown where document, scheme, category and approval agree', () => {
    expect(markObstaclesOf(marked({}), agreeing)).toEqual([])
  })

  test.each(['suspended', 'withdrawn', 'cancelled', 'expired'] as const)(
    'is not shown on a document that is %s',
    (standing) => {
      expect(markObstaclesOf(marked({}), { ...agreeing, standing })).toEqual(['not-in-force'])
    },
  )

  test('is not shown without an approval in force that names the category', () => {
    for (const approvals of [[], [{ standards: ['GB/T 24067-2024', 'CN-PCF 0104'] }]]) {
      expect(markObstaclesOf(marked({}), { ...agreeing, approvals })).toEqual(['approval-missing'])
    }
  })

  test.each([
    ['of another category', { system: 'CN-PCF', code: '0104' }],
    ['with the same digits of another classification', { system: 'HS', code: '0103' }],
  ])('is not shown on a product %s', (_, code) => {
    expect(markObstaclesOf(marked({}, code), agreeing)).toEqual([
      'category-not-in-catalogue',
      'approval-missing',
    ])
  })

  test('is not shown on a product that says no category, nor under a scheme that names no catalogue', () => {
    const { credentialSubject: subject } = marked({})
    const silent = marked({ credentialSubject: { ...subject, product: { label: { en: 'Oven' } } } })
    expect(markObstaclesOf(silent, agreeing)).toEqual(['category-not-in-catalogue', 'approval-missing'])
    expect(markObstaclesOf(marked({}), { ...agreeing, scheme })).toEqual([
      'category-not-in-catalogue',
      'approval-missing',
    ])
  })

  test('names everything that stands against it', () => {
    const tried = marked({ development: true }, { system: 'HS', code: '851660' })
    expect(markObstaclesOf(tried, { scheme, standing: 'suspended', approvals: [] })).toEqual([
      'development',
      'not-in-force',
      'category-not-in-catalogue',
      'approval-missing',
    ])
  })
})

describe('a programme’s own mark', () => {
  const own = { identifier: 'own', label: { en: 'Mark', zh: '标识' } }

  test('asks for no category and no approval, and still for a document in force and for good', () => {
    const facts = { scheme, standing: 'active', approvals: [] } as const
    expect(markObstaclesOf(marked({ mark: own }), facts)).toEqual([])
    expect(markObstaclesOf(marked({ mark: own, development: true }), facts)).toEqual(['development'])
    expect(markObstaclesOf(marked({ mark: own }), { ...facts, standing: 'expired' })).toEqual([
      'not-in-force',
    ])
  })

  test('is not shown on a document that states none, however it stands', () => {
    const { mark: _, ...unmarked } = marked({})
    expect(markObstaclesOf(unmarked, { ...agreeing, standing: 'suspended' })).toEqual(['no-mark'])
  })
})
