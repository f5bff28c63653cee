import { describe, expect, test } from 'vitest'
import { type Claim, type Violation, violationsOf } from '../../src/certification/check-against-scheme.ts'
import { readScheme, type Scheme, subjectRule } from '../../src/certification/scheme.ts'
import type { CalculationResult, LineResult, ProductResult } from '../../src/engine/types.ts'
import { shipped } from './situation.ts'

const statement = shipped('egret-product-statement', '1.3')

const claim: Claim = {
  boundary: 'cradle-to-gate',
  exclusions: [],
  input: { kind: 'product', gwpSet: { id: 'ipcc-ar6', version: '2021' }, factorTables: [] },
}

const scores = (score: number) => ({
  reliability: score,
  completeness: score,
  temporal: score,
  geographical: score,
  technological: score,
})

function line(id: string, changes: Partial<LineResult> = {}): LineResult {
  return {
    ...{ id, category: 'material', activityKind: null, scope: null, isoCategory: null, process: 'p' },
    ...{ stage: 'production', from: null, activity: { amount: 1, unit: 'kg' }, scaling: 1, factor: null },
    ...{ fuel: null, working: [], gases: [], kgCo2e: 1, gasesNotCovered: [], ...changes },
  }
}

/** Two lines: one rated 2 and primary, one that says nothing; each half of the result. */
const lines = [
  line('steel', { dataQuality: scores(2), dataSource: { activity: 'primary', factor: 'primary' } }),
  line('paint'),
]
const quality = { ratedShare: 0.5, ratings: scores(2) }

function result(changes: Partial<CalculationResult> = {}): CalculationResult {
  const product = {
    dataQuality: quality,
    primaryDataShare: { primary: 0.5, stated: 0.5 },
  } as unknown as ProductResult
  return {
    ...{ kind: 'product', declaredUnit: null, gwpSet: { id: 'ipcc-ar6', version: '2021', digest: '' } },
    ...{ factorTables: [], total: 2, totalIncludes: [], byKind: [], byGas: [], byScope: [] },
    ...{ byIsoCategory: [], byCategory: [], byActivityKind: [], byFacility: [], byEntity: [], byMonth: [] },
    ...{ apart: [], inventory: null, product, byStage: [], byProcess: [], scaling: [], lines },
    ...{ gasesNotCovered: [], flags: [], ...changes },
  } as CalculationResult
}

type Subject = Scheme['subjects'][number]

function asking(demands: Partial<Subject>): Scheme {
  return { ...statement, subjects: statement.subjects.map((rule) => ({ ...rule, ...demands })) }
}

function broken(demands: Partial<Subject>, changed: Partial<Claim> = {}, found = result()): Violation[] {
  return [...violationsOf(asking(demands), { ...claim, ...changed }, found)]
}

const catalogue: NonNullable<Subject['catalogue']> = {
  system: 'CN-PCF',
  source: { en: 'First catalogue', zh: '第一批目录' },
  publishedOn: '2025-07-09',
  categories: [{ code: '0114', name: { en: 'Tyres', zh: '轮胎' } }],
}

test('a scheme that asks for none of it takes the same footprint', () => {
  expect(broken({})).toEqual([])
})

describe('the category of a product', () => {
  test('is that of its code in the catalogue; none, another, or one of another system is refused', () => {
    const coded = (system: 'CN-PCF' | 'HS', code: string) =>
      broken({ catalogue }, { codes: [{ system, code }] }).map(({ rule }) => rule)
    expect(coded('CN-PCF', '0114')).toEqual([])
    expect(coded('CN-PCF', '0116')).toEqual(['category'])
    expect(coded('HS', '401110')).toEqual(['category'])
    const [unsaid] = broken({ catalogue })
    expect(unsaid).toMatchObject({ rule: 'category', accepted: ['CN-PCF 0114 Tyres'] })
    expect(unsaid?.detail).toContain('names no CN-PCF code')
  })
})

describe('the rules of a category', () => {
  const rules = { id: 'PCR-1', operator: 'EPD China' }

  test('must be named where the scheme requires some', () => {
    expect(broken({ pcrs: 'required' })).toMatchObject([{ rule: 'pcr' }])
    expect(broken({ pcrs: 'required' }, { rules: null })).toMatchObject([{ rule: 'pcr' }])
    expect(broken({ pcrs: 'required' }, { rules })).toEqual([])
  })

  test('must be of an operator it takes, and one of those ids where it names some', () => {
    const asked = (pcrs: NonNullable<Subject['pcrs']>) => broken({ pcrs }, { rules }).map(({ rule }) => rule)
    expect(asked([{ operator: 'EPD China' }])).toEqual([])
    expect(asked([{ operator: 'EPD China', ids: ['PCR-1'] }])).toEqual([])
    expect(asked([{ operator: 'EPD China', ids: ['PCR-2'] }])).toEqual(['pcr'])
    expect(asked([{ operator: 'Other' }])).toEqual(['pcr'])
    const [unnamed] = broken({ pcrs: [{ operator: 'Other', ids: ['a', 'b'] }] })
    expect(unnamed?.accepted).toEqual(['Other: a, b'])
  })
})

describe('gases left out', () => {
  const flagged = (share: number | null) =>
    result({ flags: [{ code: 'gases-not-covered', lines: ['paint'], share, gases: ['CH4'] }] })

  test('may weigh as much as the scheme says and no more, at the limit too', () => {
    const at = (share: number | null) =>
      broken({ gasCoverage: { partialShareMax: '0.5' } }, {}, flagged(share))
    expect(at(0.5)).toEqual([])
    expect(at(null)).toEqual([])
    expect(at(0.51)).toMatchObject([{ rule: 'gas-coverage', lines: ['paint'] }])
    expect(broken({}, {}, flagged(1))).toEqual([])
  })
})

describe('the quality of data', () => {
  const asked = (dataQuality: NonNullable<Subject['dataQuality']>, found = result()) =>
    broken({ dataQuality }, {}, found).map(({ rule, lines: named }) => [rule, named])

  test('is rated for the share that the scheme asks for, naming the lines that are not', () => {
    expect(asked({ ratedShareMin: '0.5' })).toEqual([])
    expect(asked({ ratedShareMin: '0.51' })).toEqual([['data-quality', ['paint']]])
  })

  test('has a mean score of at most the floor, naming the lines that are worse', () => {
    expect(asked({ dqrMax: '2', ratedShareMin: '0.5' })).toEqual([])
    expect(asked({ dqrMax: '1.9', ratedShareMin: '0.5' })).toEqual([['data-quality', ['steel']]])
  })

  test('is primary for the share that the scheme asks for, naming the lines that are not', () => {
    expect(asked({ primaryShareMin: '0.5' })).toEqual([])
    expect(asked({ primaryShareMin: '0.6' })).toEqual([['primary-data', ['paint']]])
  })

  test('that a result does not tell meets no floor, and floors of zero ask for nothing', () => {
    const untold = result({ product: {} as ProductResult })
    expect(asked({ ratedShareMin: '0.1', primaryShareMin: '0.1' }, untold)).toEqual([
      ['data-quality', ['paint']],
      ['primary-data', ['paint']],
    ])
    expect(asked({ ratedShareMin: '0', primaryShareMin: '0' }, untold)).toEqual([])
  })
})

describe('a scheme document that contradicts itself in what it asks for', () => {
  const development = shipped('egret-development', '1.4')
  const refused = (change: (scheme: Scheme) => void, from = development) => {
    const scheme = structuredClone(from)
    change(scheme)
    return () => readScheme(scheme)
  }
  const inSubject = (kind: 'organization' | 'product', members: Partial<Subject>) =>
    refused((scheme) => Object.assign(subjectRule(scheme, kind) ?? {}, members))
  const inDocument = (at: 0 | 1, members: Partial<Scheme['documents'][number]>) =>
    refused((scheme) => Object.assign(scheme.documents[at] ?? {}, members))

  test.each([
    ['watches a statement', inDocument(0, { surveillanceMonths: 12 }), 'nothing is watched'],
    ['marks a statement', inDocument(0, { mark: 'own' }), 'on a certificate only'],
    ['watches after the term', inDocument(1, { surveillanceMonths: 25 }), 'before the end of the term'],
    ['asks inventories for rules', inSubject('organization', { pcrs: 'required' }), 'is a rule on products'],
    ['asks inventories for categories', inSubject('organization', { catalogue }), 'is a rule on products'],
    [
      'asks inventories for primary data',
      inSubject('organization', { dataQuality: { primaryShareMin: '0.5' } }),
      'is a rule on products',
    ],
    ['rates nothing in particular', inSubject('product', { dataQuality: { dqrMax: '2' } }), 'ratedShareMin'],
    [
      'names a code that is none',
      inSubject('product', { catalogue: { ...catalogue, system: 'HS' } }),
      'is no HS code',
    ],
    [
      'names a category twice',
      inSubject('product', {
        catalogue: { ...catalogue, categories: [...catalogue.categories, ...catalogue.categories] },
      }),
      'stands twice',
    ],
    [
      'wants a paper twice before a move',
      refused((scheme) =>
        Object.assign(scheme, {
          process: {
            papers: [
              { kind: 'agreement', before: 'propose' },
              { kind: 'agreement', before: 'propose' },
            ],
          },
        }),
      ),
      'stands twice',
    ],
    [
      'wants a report before anything is decided',
      refused((scheme) =>
        Object.assign(scheme, { process: { papers: [{ kind: 'verification-report', before: 'propose' }] } }),
      ),
      'can be on file before',
    ],
    [
      'wants a visit and not its paper',
      refused((scheme) => Object.assign(scheme, { process: { papers: [], siteVisit: 'required' } })),
      'asks for the paper',
    ],
    [
      'plans no effort',
      refused((scheme) => Object.assign(scheme, { process: { papers: [], minimumPersonDays: '0.0' } })),
      'above 0',
    ],
    [
      'wants evidence for what nobody has',
      refused((scheme) =>
        Object.assign(scheme, {
          evidence: { required: [{ category: 'moonlight', kinds: ['invoice'], shareFrom: '0' }] },
        }),
      ),
      'lines of the category',
    ],
  ])('is refused where it %s', (_name, read, message) => {
    expect(read).toThrow(message)
  })

  test('shows the national mark only with approval, catalogue and number, and never to try things out', () => {
    const national = structuredClone(statement)
    national.documents = [
      {
        ...(national.documents[0] as Scheme['documents'][number]),
        ...{ kind: 'certificate', opinions: ['unmodified'], validityMonths: 24 },
        ...{ accreditation: ['approval'], mark: 'national-product-carbon-footprint-label' },
      },
    ]
    national.filing = {
      kind: 'published',
      authority: { en: 'An authority', zh: '主管部门' },
      ...{ number: 'N-1', on: '2025-03-17' },
    }
    Object.assign(national.subjects[0] ?? {}, { catalogue })
    Object.assign(national, { process: { papers: [{ kind: 'reduction-plan', before: 'propose' }] } })
    expect(readScheme(national).filing?.number).toBe('N-1')
    const without = (change: (scheme: Scheme) => void) => refused(change, national)
    expect(
      without((scheme) =>
        Object.assign(scheme.documents[0] ?? {}, { accreditation: ['accreditation', 'approval'] }),
      ),
    ).toThrow('approval of the body')
    expect(without((scheme) => Object.assign(scheme, { process: { papers: [] } }))).toThrow('reduction-plan')
    expect(without((scheme) => Object.assign(scheme, { filing: null }))).toThrow('number of the rule')
    expect(without((scheme) => Object.assign(scheme.subjects[0] ?? {}, { catalogue: undefined }))).toThrow(
      'of a catalogue only',
    )
    expect(
      without((scheme) => {
        scheme.development = true
        scheme.wording.developmentNotice = { en: 'DEVELOPMENT', zh: '开发' }
      }),
    ).toThrow('tried out')
  })
})
