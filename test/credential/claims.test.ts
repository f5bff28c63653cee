/** What a credential says, and what it must not say; read by a JSON-LD processor that is not ours. */

import { contexts } from '@digitalbazaar/credentials-context'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { buildCredential, type FrozenFacts, type VerificationFacts } from '../../src/credential/claims.ts'
import { contextPath, credentialContext } from '../../src/credential/context.ts'
import { publicQuality, publicResult } from '../../src/credential/public-result.ts'
import { credentialSchema } from '../../src/credential/schema.ts'
import { frozenSubject, whySitesAreUntold } from '../../src/credential/subject-claims.ts'
import { canonicalize } from '../../src/json/canonical.ts'
import { digestOf, digestOfBytes } from '../../src/json/digest.ts'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import {
  certifying,
  credentialOf,
  document,
  engine,
  fact,
  footprintOn,
  input,
  issuing,
  record,
  revision,
  scheme,
  sign,
  siteFacts,
  verification,
  verifyExample,
} from './example.ts'

describe('a credential', () => {
  test('says the printed figure, what it includes and what it does not cover', () => {
    const { result } = credentialOf().credentialSubject
    // 118,400 kWh × 0.5306 kg/kWh = 62,823.04 kg = 62.82 t.
    expect(result).toMatchObject({
      total: { amount: '62.82', unit: 'tCO2e' },
      byScope: [{ scope: '2', amount: '62.82', unit: 'tCO2e' }],
      gasesNotCovered: ['CH4', 'N2O'],
      gasesOutsideTotal: [],
      flags: [
        { flag: 'gases-not-covered', share: '1.0000' },
        { flag: 'scope-2-proxy', share: '1.0000' },
      ],
    })
    expect(result.totalIncludes).toContain('fossil')
  })

  test('names everything it stands on by digest', () => {
    const { calculation, scheme: pin } = credentialOf().credentialSubject
    expect(calculation).toMatchObject({
      record: record.digest,
      revision: revision.digest,
      activityLinesRoot: revision.manifest.lines.merkleRoot,
      lineResultsRoot: record.manifest.lines.merkleRoot,
      engine: record.manifest.engine,
      factorTables: record.manifest.factorTables,
    })
    expect(pin.digest).toBe(revision.manifest.scheme.digest)
  })

  test('speaks in the words of the scheme, in both languages, and says that it is for trying out', () => {
    const credential = credentialOf()
    expect(credential).toMatchObject({
      development: true,
      notice: scheme.wording.developmentNotice,
      limits: scheme.wording.limits,
    })
    expect(credential.limits.en).toContain('Carbon Border Adjustment Mechanism')
    expect(credential.limits.en).toContain('Battery Regulation')
    expect(credential.credentialSubject.verification.parts).toEqual([
      {
        part: 'scope-2',
        assurance: 'reasonable',
        materiality: '0.05',
        statement: scheme.wording.opinion.unmodified.reasonable,
      },
    ])
    const adverse = credentialOf({ verification: { opinion: 'adverse', basis: 'Meters were not read.' } })
    expect(adverse.credentialSubject.verification).toMatchObject({
      opinion: 'adverse',
      basis: 'Meters were not read.',
      parts: [{ statement: scheme.wording.opinion.adverse }],
    })
  })

  test('states each part by the opinion on it, where that is another than on the whole', () => {
    const burnt = {
      part: 'scope-1',
      assurance: 'reasonable',
      materiality: null,
      opinion: 'modified',
    } as const
    const { verification: said } = credentialOf({
      verification: {
        opinion: 'disclaimer',
        basis: 'The meters of 2024 are lost.',
        parts: [burnt, ...verification.parts],
      },
    }).credentialSubject
    const { modified, disclaimer } = scheme.wording.opinion
    expect(said.parts.map(({ statement }) => statement)).toEqual([modified.reasonable, disclaimer])
  })

  test('of a functional unit says what it is, with its reference flow where a declared unit would stand', () => {
    const referenceFlow = { amount: '2', unit: 'piece' }
    const description = { en: 'Light a desk', zh: '照亮书桌' }
    const { manifest } = revision
    const functionalUnit = {
      ...{ description, referenceFlow },
      ...{ quantity: { amount: '10000', unit: 'h' }, serviceLife: { amount: '5', unit: 'a' } },
    }
    const calculation = { ...manifest.calculation, functionalUnit }
    const facts = { revision: { ...revision, manifest: { ...manifest, calculation } }, record, scheme }
    expect(frozenSubject(facts, ['byKind'])).toMatchObject({
      declaredUnit: referenceFlow,
      functionalUnit: { label: description, referenceFlow },
    })
  })

  test('of a product names models and codes, and the choices of method that move the figure', () => {
    const { manifest } = revision
    const product = {
      ...{ name: { en: 'Fan', zh: '风机' }, model: null, specification: null, trademark: null },
      models: ['XF-120', 'XF-140'],
      codes: [
        { system: 'GTIN', code: '4006381333931' },
        { system: 'HS', code: '841451' },
        { system: 'CPC', code: '44817' },
      ],
    }
    const chosen = {
      circular: { method: 'cut-off' },
      allocations: [{ by: 'mass' }, { by: 'economic-value' }, { by: 'mass' }],
      capitalGoods: { choice: 'excluded' },
      contractualInstruments: { produced: { amount: '2000', unit: 'piece' }, instruments: [] },
    }
    const result = { ...record.manifest.result, product: chosen }
    const facts = {
      revision: { ...revision, manifest: { ...manifest, product } },
      record: { ...record, manifest: { ...record.manifest, result } },
      scheme,
    }
    expect(frozenSubject(facts, ['byKind'])).toMatchObject({
      product: {
        ...{ label: product.name, models: product.models },
        identifiers: [{ system: 'GTIN', code: '4006381333931' }],
        classifications: [
          { system: 'HS', code: '841451' },
          { system: 'CPC', code: '44817' },
        ],
      },
      methodChoices: [
        { aspect: 'allocation', method: 'economic-value, mass' },
        { aspect: 'end-of-life', method: 'cut-off' },
        { aspect: 'capital-goods', method: 'excluded' },
        { aspect: 'electricity', method: 'contractual-instruments' },
      ],
    })
    expect(frozenSubject({ revision, record, scheme }, ['byKind'])).not.toHaveProperty('methodChoices')
  })

  test('shows the scheme’s minimum, and what the holder adds of its offer', () => {
    expect(credentialOf().credentialSubject.result.breakdowns).toEqual(['byKind', 'byScope'])
    const { result } = credentialOf({
      issuing: { disclosure: ['byGas', 'byCategory', 'byIsoCategory', 'bySite'] },
    }).credentialSubject
    const tonnes = { amount: '62.82', unit: 'tCO2e' }
    expect(result).toMatchObject({
      breakdowns: ['byKind', 'byScope', 'byIsoCategory', 'byCategory', 'byGas'],
      byIsoCategory: [{ isoCategory: '2', ...tonnes }],
      byCategory: [{ category: 'purchased-electricity', ...tonnes }],
      byGas: [{ gasGroup: 'CO2', ...tonnes }],
    })
    expect(result).not.toHaveProperty('bySite')
  })

  test('shows sites by their names, where the holder chose so and the record tells them all', () => {
    const named = { en: 'Harbour works', zh: '海港工厂' }
    // 600,000 × 0.5306 = 318,360 kg and 400,000 × 0.5306 = 212,240 kg, of 530,600 kg.
    const of = (facilities: readonly (string | undefined)[], names = true) =>
      siteFacts(['600000', '400000'], facilities, names ? [{ id: 'a', name: named }] : [])
    const shownOf = (facts: FrozenFacts) => frozenSubject(facts, ['byKind', 'bySite']).result
    const whole = of(['a', 'b'])
    expect(whySitesAreUntold(whole)).toBeNull()
    const tonnes = (amount: string) => ({ amount, unit: 'tCO2e' })
    expect(shownOf(whole)).toMatchObject({
      breakdowns: ['byKind', 'bySite'],
      bySite: [
        { label: named, ...tonnes('318.36') },
        { label: { en: 'b' }, ...tonnes('212.24') },
      ],
    })
    expect(frozenSubject(whole, ['byKind']).result).not.toHaveProperty('bySite')

    for (const [facts, reason] of [
      [of(['a', undefined]), 'name no facility, so its sites'],
      [of([undefined, undefined]), 'No line of the total'],
    ] as const) {
      expect(whySitesAreUntold(facts)).toContain(reason)
      expect(shownOf(facts)).toMatchObject({ breakdowns: ['byKind'] })
      expect(shownOf(facts)).not.toHaveProperty('bySite')
    }
  })

  test('shows no more sites than a document has room for', () => {
    // A row of a facility `f000` is {"label":{"en":"f000"},"amount":"0.53","unit":"tCO2e"} and a comma: 55 bytes.
    const many = (count: number) => {
      const ids = Array.from({ length: count }, (_, at) => `f${String(at).padStart(3, '0')}`)
      return whySitesAreUntold(
        siteFacts(
          ids.map(() => '1000'),
          ids,
          [],
        ),
      )
    }
    // Two brackets more and a comma less: 148 × 55 + 1 = 8,141 bytes of 8,192; one more is 8,196.
    expect(many(148)).toBeNull()
    expect(many(149)).toContain('149 facilities take 8196 bytes')
  })

  test('names its status places, its log, and what it is bound to', () => {
    const address = 'https://egret.example/credentials/7b8f7d5e-52c9-4d8c-9d5b-0c6f1f0a9c11'
    expect(credentialOf()).toMatchObject({
      credentialStatus: [
        {
          id: 'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a01#40321',
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '40321',
          statusListCredential: 'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a01',
        },
      ],
      statusAddress: address,
      transparencyLog: { origin: 'egret.example/log', receipt: `${address}.tlog-proof` },
      credentialSchema: { id: 'https://egret.example/schemas/credential/v1.json', type: 'JsonSchema' },
      relatedResource: [{ id: 'https://egret.example/contexts/v1', mediaType: 'application/ld+json' }],
    })
    const purposes = credentialOf({ issuing: certifying }).credentialStatus
    expect(purposes.map(({ statusPurpose }) => statusPurpose)).toEqual(['revocation', 'suspension'])
  })

  test('names what entitles its issuer, and the sector in which it judged', () => {
    const { issuer, credentialSubject } = credentialOf()
    expect(issuer.accreditations).toEqual([
      {
        kind: 'accreditation',
        authority: { en: 'Example accreditation service', zh: '示例认可委员会' },
        number: 'EX V-001',
        validFrom: '2026-01-01T00:00:00Z',
        fact: 'https://egret.example/accreditations/0f4d6b86-6f0e-4a52-8d86-3d2c1f4ce6a1',
        digest: digestOfBytes(encodeUtf8(fact)),
      },
    ])
    expect(credentialSubject.verification.sector).toBe('C14')
  })

  test('takes a certificate’s mode and conclusion, and who answers for what, from the scheme', () => {
    const certificate = credentialOf({ issuing: certifying })
    const rule = scheme.documents.find(({ kind }) => kind === 'certificate')
    expect(certificate).toMatchObject({
      label: rule?.title,
      certificationMode: rule?.certificationMode,
      responsibilities: scheme.wording.responsibilities,
      credentialSubject: { verification: { conclusion: rule?.conclusion } },
    })
    expect(credentialOf()).not.toHaveProperty('certificationMode')
  })

  const before = digestOfBytes(encodeUtf8('before'))
  const replaces = { id: 'a0b1', digest: before, firstValidFrom: '2022-01-05T00:00:00Z' }

  test('of a certificate names the one that it replaces, and since when there was one', () => {
    const supersedes = { credential: 'https://egret.example/credentials/a0b1', digest: before }
    const renewed = credentialOf({ issuing: { ...certifying, replaces } })
    expect(renewed).toMatchObject({ supersedes, firstValidFrom: '2022-01-05T00:00:00Z' })
    // A statement speaks of a point in time: nothing of it began before.
    const revised = credentialOf({ issuing: { replaces } })
    expect(revised.supersedes).toEqual(supersedes)
    expect(revised).not.toHaveProperty('firstValidFrom')
    expect(credentialOf({ issuing: certifying })).not.toHaveProperty('supersedes')
  })

  test('says where anybody complains', () => {
    expect(credentialOf().complaintsAddress).toBe('https://egret.example/bodies/green/complaints')
  })

  test('carries the holder’s plan of reduction in both languages, and none where none was recorded', () => {
    const statement = { en: 'A new furnace.', zh: '更换熔炉。' }
    const target = {
      label: { en: 'Melting', zh: '熔炼' },
      fromYear: '2024',
      toYear: '2030',
      reduction: '0.3',
    }
    const planned = (targets: readonly (typeof target)[], documentDigest: string | null) =>
      credentialOf({ verification: { reductionPlan: { statement, targets, documentDigest } } })
        .credentialSubject.reductionPlan
    expect(planned([target], before)).toEqual({ statement, targets: [target], digest: before })
    expect(planned([], null)).toEqual({ statement })
    expect(credentialOf().credentialSubject).not.toHaveProperty('reductionPlan')
  })

  test('reveals no activity amount, factor, line, site total or person', () => {
    const text = canonicalize(credentialOf())
    const [line] = input.lines
    for (const secret of ['118400', '62823', line!.id, 'kWh', '0.5306', 'person-', 'Invented grid']) {
      expect(text, secret).not.toContain(secret)
    }
    expect(text).not.toMatch(/碳中和|低碳/)
  })

  test('has the same bytes when it is built again', () => {
    expect(canonicalize(credentialOf())).toBe(canonicalize(credentialOf()))
  })

  test('is not made where its facts contradict each other', () => {
    const twoYears = '2028-11-20T08:00:00Z'
    expect(() => credentialOf({ issuing: { validUntil: twoYears } })).toThrow('a statement has none')
    expect(() => credentialOf({ issuing: { documentKind: 'certificate' } })).toThrow(
      'a certificate has a term',
    )
    expect(() =>
      credentialOf({
        issuing: certifying,
        verification: { opinion: 'adverse' },
      }),
    ).toThrow('an adverse opinion or disclaimer is no certificate')
    expect(() => credentialOf({ issuing: { issuer: { ...issuing.issuer, did: 'did:key:z6' } } })).toThrow(
      'did:web',
    )
    expect(credentialOf({ issuing: certifying }).type[1]).toBe('Certificate')
  })

  test('refuses members that nobody defined', () => {
    expect(credentialSchema.safeParse({ ...credentialOf(), vc: {} }).success).toBe(false)
    expect(credentialSchema.safeParse({ ...credentialOf(), development: 'true' }).success).toBe(false)
  })
})

describe('a footprint on a private factor table', () => {
  // Names as an enterprise may choose them: both tell a supplier's.
  const [table, version] = ['example.baowu-slabs', 'baowu-2025']
  const { frozen, context: on, record: held, revision: submitted } = footprintOn(table, version)
  const digest = digestOf(table)
  const saying = (changes: Partial<VerificationFacts> = {}) =>
    buildCredential(issuing, frozen, {
      ...verification,
      privateTables: [{ digest, outcome: 'accepted' }],
      ...changes,
    })

  test('names the table by its digest alone, and says that the body accepted it', () => {
    const { calculation, verification: said } = saying().credentialSubject
    expect(calculation.factorTables).toEqual([{ kind: 'private', digest }])
    expect(said.factorTables).toEqual([{ digest, opinion: 'accepted' }])
    expect(canonicalize(saying())).not.toContain('baowu')
  })

  test('says nothing of the kind where there is no private table', () => {
    expect(credentialOf().credentialSubject.verification).not.toHaveProperty('factorTables')
    expect(canonicalize(credentialOf())).not.toContain('private')
  })

  test('is not made where the body examined another table, none, or one too many', () => {
    const other = { digest: digestOf('other'), outcome: 'accepted' } as const
    const message = 'the private tables examined are not those it rests on'
    expect(() => saying({ privateTables: [] })).toThrow(message)
    expect(() => saying({ privateTables: [other] })).toThrow(message)
    expect(() => saying({ privateTables: [{ digest, outcome: 'accepted' }, other] })).toThrow(message)
  })

  test('supports no claim on a table that was rejected; an adverse opinion says so', () => {
    const privateTables = [{ digest, outcome: 'rejected' }] as const
    expect(() => saying({ privateTables })).toThrow('rests on a private table that was rejected')
    expect(() => saying({ privateTables, opinion: 'modified', basis: 'One meter failed.' })).toThrow()
    const adverse = saying({ privateTables, opinion: 'adverse', basis: 'No evidence of the factors.' })
    expect(adverse.credentialSubject.verification.factorTables).toEqual([{ digest, opinion: 'rejected' }])
  })

  test('is no credential when it tells the name all the same', () => {
    const credential = structuredClone(saying())
    credential.credentialSubject.calculation.factorTables = [{ table, version, digest }]
    expect(JSON.stringify(credentialSchema.safeParse(credential).error?.issues)).toContain('stays private')
  })

  test('uses terms that the frozen context has', async () => {
    const url = `https://egret.example${contextPath}`
    const documentLoader = async (asked: string): Promise<object> => {
      const document = asked === url ? credentialContext : contexts.get(asked)
      return { contextUrl: null, documentUrl: asked, document }
    }
    const quads = await jsonld.toRDF(saying(), { documentLoader, safe: true, format: 'application/n-quads' })
    expect(quads).toContain('<urn:egret:vocabulary:1:opinion> "accepted"')
    expect(quads).toContain('<urn:egret:vocabulary:1:kind> "private"')
  })

  test('is verified like any other, and calculated again by whoever holds record and table', async () => {
    const evidence = {
      record: held.bytes,
      revision: submitted.bytes,
      chunks: [...held.chunks, ...submitted.chunks].map(({ bytes }) => bytes),
      scheme,
      context: on,
      calculate: engine,
    }
    const report = await verifyExample(await sign(saying()), {}, { evidence })
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.checks.find(({ name }) => name === 'recomputation')?.outcome).toBe('passed')
    expect(JSON.stringify(report)).not.toContain('baowu')
  })
})

describe('the public result', () => {
  const vector = {
    kind: 'organization',
    total: '1065',
    totalIncludes: ['fossil'],
    byKind: [
      { kind: 'fossil', inTotal: true, kgCo2e: '1065' },
      { kind: 'fossil', inTotal: false, kgCo2e: '1960' },
      { kind: 'biogenic', inTotal: false, kgCo2e: '12' },
    ],
    byGas: [
      { kind: 'fossil', gas: 'CO2', inTotal: true, kgCo2e: '1065' },
      { kind: 'fossil', gas: 'HCFC-22', inTotal: false, kgCo2e: '1960' },
      { kind: 'biogenic', gas: 'CO2', inTotal: false, kgCo2e: '12' },
    ],
    byScope: [],
    byIsoCategory: [],
    byStage: [],
    byCategory: [],
    gasesNotCovered: [],
    flags: [{ code: 'outside-total', share: null }],
  }

  test('names gases outside the seven groups, and not those shown apart for their kind', () => {
    expect(publicResult(vector, { unit: 'kgCO2e', decimals: 0 }, [])).toMatchObject({
      gasesOutsideTotal: ['HCFC-22'],
      flags: [{ flag: 'outside-total', share: null }],
    })
  })

  test('says nothing of pollutants: they are no gases outside the total, and their masses stay in the record', () => {
    const beside = { kind: 'pollutant', gas: 'NOx', kg: '90', kgCo2e: null, inTotal: false }
    const withPollutants = { ...vector, byGas: [...vector.byGas, beside] }
    const print = { unit: 'kgCO2e', decimals: 0 } as const
    const shown = publicResult(withPollutants, print, ['byKind', 'byGas'])
    expect(shown).toEqual(publicResult(vector, print, ['byKind', 'byGas']))
    expect(JSON.stringify(shown)).not.toContain('NOx')
  })

  test('groups gases and never tells one, of what counts in the total alone', () => {
    const gases = [
      { kind: 'fossil', gas: 'CO2', inTotal: true, kgCo2e: '1000' },
      { kind: 'land-use-change', gas: 'CO2', inTotal: true, kgCo2e: '10' },
      { kind: 'fossil', gas: 'CH4-fossil-fugitive', inTotal: true, kgCo2e: '5' },
      { kind: 'biogenic', gas: 'CH4', inTotal: true, kgCo2e: '6' },
      { kind: 'fossil', gas: 'HFC-134a', inTotal: true, kgCo2e: '20' },
      { kind: 'fossil', gas: 'HFC-32', inTotal: true, kgCo2e: '1' },
      { kind: 'fossil', gas: 'c-C4F8', inTotal: true, kgCo2e: '3' },
      { kind: 'fossil', gas: 'CO2e', inTotal: true, kgCo2e: '7' },
      { kind: 'biogenic', gas: 'CO2', inTotal: false, kgCo2e: '99' },
      { kind: 'fossil', gas: 'HCFC-22', inTotal: false, kgCo2e: null },
    ]
    const { byGas } = publicResult({ ...vector, byGas: gases }, { unit: 'kgCO2e', decimals: 0 }, ['byGas'])
    // CO2 1,000 + 10; methane 5 + 6; HFCs 20 + 1.
    expect(byGas).toEqual([
      { gasGroup: 'CO2', amount: '1010', unit: 'kgCO2e' },
      { gasGroup: 'CH4', amount: '11', unit: 'kgCO2e' },
      { gasGroup: 'HFCs', amount: '21', unit: 'kgCO2e' },
      { gasGroup: 'PFCs', amount: '3', unit: 'kgCO2e' },
      { gasGroup: 'CO2e', amount: '7', unit: 'kgCO2e' },
    ])
    const strange = [{ kind: 'fossil', gas: 'HCFC-22', inTotal: true, kgCo2e: '1' }]
    expect(() =>
      publicResult({ ...vector, byGas: strange }, { unit: 'kgCO2e', decimals: 0 }, ['byGas']),
    ).toThrow('none of the seven groups')
  })

  describe('of an inventory', () => {
    const print = { unit: 'tCO2e', decimals: 2 } as const
    const ratings = {
      reliability: '1.5',
      completeness: '2',
      temporal: '1',
      geographical: '3',
      technological: '2.125',
    }
    const inventory = {
      scope2: { marketBasedKgCo2e: '1500', totalMarketBasedKgCo2e: '2565' },
      dataQuality: { ratedShare: '0.5', ratings },
      uncertainty: { confidence: '0.95', statedShare: '1', halfWidthKgCo2e: '65' },
    }

    test('shows scope 2 by market, and the total with it, beside the total by location', () => {
      expect(publicResult({ ...vector, inventory }, print, []).alternatives).toEqual([
        { method: 'market-based', part: 'scope-2', amount: '1.50', unit: 'tCO2e' },
        { method: 'market-based', amount: '2.56', unit: 'tCO2e' },
      ])
      const without = { ...inventory, scope2: null }
      expect(publicResult({ ...vector, inventory: without }, print, [])).not.toHaveProperty('alternatives')
    })

    test('says how good the data are, and the interval where every line states an uncertainty', () => {
      // 1,065 ± 65 kg: from 1.00 to 1.13 t. 2.125 prints half-even as 2.12.
      expect(publicQuality({ ...vector, inventory }, print)).toMatchObject({
        dataQuality: {
          ratedShare: '0.5000',
          ratings: expect.arrayContaining([{ indicator: 'technological', rating: '2.12' }]),
        },
        uncertainty: { method: 'error-propagation', lower: { amount: '1.00' }, upper: { amount: '1.13' } },
      })
    })

    test('claims no interval for what nobody stated, and no rating for what nobody rated', () => {
      const partly = {
        ...inventory,
        dataQuality: { ratedShare: null, ratings: null },
        uncertainty: { ...inventory.uncertainty, statedShare: '0.99' },
      }
      expect(publicQuality({ ...vector, inventory: partly }, print)).toEqual({})
      expect(publicQuality(vector, print)).toEqual({})
    })
  })

  test('is printed half-even in the unit of the scheme', () => {
    // 1,065 kg = 1.065 t; half-even at two places: 1.06 (GB/T 8170).
    expect(publicResult(vector, { unit: 'tCO2e', decimals: 2 }, []).total).toEqual({
      amount: '1.06',
      unit: 'tCO2e',
    })
  })
})

describe('the JSON-LD context', () => {
  const url = `https://egret.example${contextPath}`
  const documentLoader = async (asked: string): Promise<object> => {
    const known = asked === url ? credentialContext : contexts.get(asked)
    if (known === undefined) throw new Error(`no document ${asked}`)
    return { contextUrl: null, documentUrl: asked, document: known }
  }

  test('defines every term of a credential: nothing is lost in a strict expansion', async () => {
    const credential = credentialOf({ verification: { opinion: 'modified', basis: 'One meter failed.' } })
    const [expanded] = await jsonld.expand(credential, { documentLoader, safe: true })
    const keys = JSON.stringify(expanded)
    expect(keys).toContain('urn:egret:vocabulary:1:opinion')
    const quads = await jsonld.toRDF(credential, {
      documentLoader,
      safe: true,
      format: 'application/n-quads',
    })
    expect(quads).toContain('"62.82"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    expect(quads).toContain('"绿色认证"@zh')
  })

  test('does not guess at a term that nobody defined', async () => {
    const odd = { ...credentialOf(), invented: 'x' }
    await expect(jsonld.expand(odd, { documentLoader, safe: true })).rejects.toThrow()
  })
})

test('the DID document of the issuer is one a reader can load', () => {
  expect(document).toMatchObject({
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
  })
})
