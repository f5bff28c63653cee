import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundledTerms } from '../../scripts/schemes-check.ts'
import { paperKinds } from '../../src/certification/paper-kinds.ts'
import {
  readScheme,
  type Scheme,
  schemeBytes,
  schemeDigest,
  subjectRule,
} from '../../src/certification/scheme.ts'
import { nationalMark } from '../../src/certification/scheme-demands.ts'
import { development, shipped } from './situation.ts'

const names = ['egret-organization-statement', 'egret-product-statement', 'egret-development']
const newer = ['egret-organization-statement', 'egret-development']
const everyVersion = [
  ...names.flatMap((name) => ['1.0', '1.1', '1.2'].map((version) => [name, version] as const)),
  ...newer.map((name) => [name, '1.3'] as const),
  ['egret-product-statement', '1.3'] as const,
  ['egret-development', '1.4'] as const,
]

function changed(change: (scheme: Scheme) => void): Scheme {
  const scheme = structuredClone(development)
  change(scheme)
  return scheme
}

describe('the schemes shipped', () => {
  test.each(everyVersion)(
    '%s %s reads, and its digest depends on its members, not on their order',
    (...named) => {
      const scheme = shipped(...named)
      const reversed = Object.fromEntries(Object.entries(scheme).reverse())
      expect(schemeDigest(readScheme(reversed))).toBe(schemeDigest(scheme))
      expect(schemeDigest({ ...scheme, version: '9.9' })).not.toBe(schemeDigest(scheme))
    },
  )

  test('statements are issued for good from 1.2 on; the development scheme always was, and says what it is', () => {
    const issuable = everyVersion.filter((named) => shipped(...named).issuable)
    expect(issuable.map(([name, version]) => `${name} ${version}`)).toEqual([
      'egret-organization-statement 1.2',
      'egret-product-statement 1.2',
      'egret-development 1.0',
      'egret-development 1.1',
      'egret-development 1.2',
      'egret-organization-statement 1.3',
      'egret-development 1.3',
      'egret-product-statement 1.3',
      'egret-development 1.4',
    ])
    expect(development.wording.developmentNotice?.en).toContain('DEVELOPMENT')
    for (const name of names.slice(0, 2)) expect(shipped(name).wording.developmentNotice).toBeNull()
  })

  test.each(everyVersion)('%s %s has no word on its documents that no footprint may bear', (...named) => {
    const text = new TextDecoder().decode(schemeBytes(shipped(...named)))
    expect(text).not.toMatch(/碳中和|低碳|carbon[- ]neutral|low[- ]carbon|net[- ]zero/i)
  })

  test.each(everyVersion)(
    "%s %s never accepts the carbon market's electricity factor or a marginal one, nor both other electricity families",
    (...named) => {
      for (const rule of shipped(...named).subjects) {
        expect(rule.families).not.toContain('electricity-carbon-market')
        expect(rule.families).not.toContain('electricity-marginal')
        const electricity = rule.families.filter((family) => family.startsWith('electricity-'))
        expect(electricity).toHaveLength(1)
      }
    },
  )

  test('what is issued for good asks for an accreditation or approval; what is tried out asks for none', () => {
    for (const name of names.slice(0, 2)) {
      const [rule] = shipped(name, '1.2').documents
      expect(rule?.accreditation).toEqual(['accreditation', 'approval'])
    }
    const tried = shipped('egret-development', '1.2').documents
    expect(tried.map(({ accreditation }) => accreditation)).toEqual([undefined, undefined])
  })

  test('the development notice of 1.2 no longer denies what documents have now', () => {
    const { developmentNotice } = shipped('egret-development', '1.2').wording
    expect(developmentNotice?.en).toContain('DEVELOPMENT DOCUMENT')
    expect(developmentNotice?.en).not.toMatch(/without|status list/)
  })

  test('statements have no term, the development certificate has one', () => {
    const terms = names.flatMap((name) =>
      shipped(name).documents.map((rule) => [rule.kind, rule.validityMonths]),
    )
    expect(terms).toEqual([
      ['verification-statement', null],
      ['verification-statement', null],
      ['verification-statement', null],
      ['certificate', 24],
    ])
  })
})

describe('editions that ask for the whole process', () => {
  const whole = [
    ['egret-organization-statement', '1.4'],
    ['egret-product-statement', '1.4'],
    ['egret-product-certificate', '1.0'],
    ['cn-product-carbon-label', '1.0'],
  ] as const

  test.each(whole)(
    '%s %s reads, uses no word that no footprint may bear, and says what stands on file',
    (...named) => {
      const scheme = shipped(...named)
      expect(new TextDecoder().decode(schemeBytes(scheme))).not.toMatch(
        /碳中和|低碳|carbon[- ]neutral|low[- ]carbon|net[- ]zero/i,
      )
      expect(scheme.process).toMatchObject({ competence: true, impartialityYears: 2 })
      const asked = new Set(scheme.process?.papers.map(({ kind }) => kind))
      const isLabel = named[0] === 'cn-product-carbon-label'
      expect(asked).toEqual(new Set(paperKinds.filter((kind) => isLabel || kind !== 'reduction-plan')))
      expect(scheme.process?.closeMajorDays).toBe(
        scheme.documents[0]?.kind === 'certificate' ? 90 : undefined,
      )
      expect(scheme.evidence?.required?.length).toBeGreaterThan(0)
    },
  )

  test('the certificate bears its own mark for two years, watched every year, on reasonable assurance alone', () => {
    const scheme = shipped('egret-product-certificate')
    expect(scheme.documents).toMatchObject([
      {
        kind: 'certificate',
        validityMonths: 24,
        surveillanceMonths: 12,
        mark: 'own',
        opinions: ['unmodified'],
      },
    ])
    expect(subjectRule(scheme, 'product')?.parts).toMatchObject([{ assurance: ['reasonable'] }])
    expect(scheme.process?.siteVisit).toBe('required')
  })

  test('the Chinese label is for the 17 products of its catalogue, by approved bodies, under the number of the rule', () => {
    const scheme = shipped('cn-product-carbon-label')
    expect(scheme.documents).toMatchObject([
      { kind: 'certificate', validityMonths: 24, accreditation: ['approval'], mark: nationalMark },
    ])
    expect(subjectRule(scheme, 'product')?.catalogue?.categories).toHaveLength(17)
    expect(scheme.filing).toMatchObject({ kind: 'published', number: 'CNCA-CFP-00:2025', on: '2025-03-17' })
  })

  test('reasonable assurance on scopes 1 and 2 can go with limited on 3', () => {
    const levels = subjectRule(shipped('egret-organization-statement', '1.4'), 'organization')?.parts
    expect(
      levels?.map(({ part, assurance }) => [
        part,
        assurance.includes(part === 'scope-3' ? 'limited' : 'reasonable'),
      ]),
    ).toEqual([
      ['scope-1', true],
      ['scope-2', true],
      ['scope-3', true],
    ])
  })
})

describe('the tables that the schemes name', () => {
  const tablesOf = (name: string, version = '1.1') =>
    shipped(name, version).factorTables.map(({ table }) => table)
  const bundled = bundledTerms()
  const statements = names.slice(0, 2)

  test('are, in the development scheme, all that are bundled', () => {
    expect(tablesOf('egret-development', '1.3').sort()).toEqual([...bundled.keys()].sort())
  })

  test.each(statements)(
    'of a licence that is unclear are named by %s with a reason, and in docs/schemes.md',
    (name) => {
      const page = readFileSync(new URL('../../docs/schemes.md', import.meta.url), 'utf8')
      const onPurpose = shipped(name, '1.1').factorTables.filter(({ reason }) => reason !== undefined)
      for (const { table } of onPurpose) expect(page, table).toContain(`| \`${table}\``)
      const unclear = tablesOf(name).filter((table) => bundled.get(table)?.includes('unclear'))
      expect(onPurpose.map(({ table }) => table).sort()).toEqual(unclear.sort())
    },
  )

  test('ask for share-alike in no statement', () => {
    const shareAlike = [...bundled].flatMap(([table, terms]) =>
      terms.includes('share-alike') ? [table] : [],
    )
    expect(shareAlike).toContain('world-electricity-ember')
    for (const name of statements) {
      for (const table of shareAlike) expect(tablesOf(name), table).not.toContain(table)
    }
  })

  test('of 1.3 are those of 1.2 and the power that burns nothing', () => {
    for (const name of newer) {
      const added = tablesOf(name, '1.3').filter((table) => !tablesOf(name, '1.2').includes(table))
      expect(added, name).toEqual(['renewable-electricity'])
      for (const table of tablesOf(name, '1.2')) expect(tablesOf(name, '1.3')).toContain(table)
    }
    expect(bundled.get('renewable-electricity')).toEqual(['public-domain'])
  })

  test('of 1.0 are all named by 1.1 too, so that a footprint can move on', () => {
    for (const name of names) {
      for (const { table } of shipped(name).factorTables) expect(tablesOf(name), table).toContain(table)
    }
  })

  test('are private ones from 1.1 on, and never unverified or own factors in a statement', () => {
    for (const name of names) {
      expect([shipped(name).privateTables, shipped(name, '1.1').privateTables]).toEqual([undefined, true])
    }
    for (const name of statements) {
      expect(shipped(name, '1.1')).toMatchObject({ ownFactors: false, unverifiedFactors: false })
    }
  })
})

test('the newest editions for products count green power; the statement limits each exclusion, and development not', () => {
  for (const [name, before, after, added] of [
    ['egret-product-statement', '1.2', '1.3', { contractualInstruments: true, exclusionSingleMax: '0.01' }],
    ['egret-development', '1.3', '1.4', { contractualInstruments: true }],
  ] as const) {
    const [older, newer] = [shipped(name, before), shipped(name, after)]
    expect(subjectRule(newer, 'product')).toEqual({ ...subjectRule(older, 'product'), ...added })
    expect(subjectRule(newer, 'organization')).toEqual(subjectRule(older, 'organization'))
    expect({ ...newer, version: before, subjects: [] }).toEqual({ ...older, subjects: [] })
  }
  expect(shipped('egret-product-statement', '1.3').exclusionMax).toBe('0.05')
})

describe('a scheme document is refused', () => {
  const refused = (change: (scheme: Scheme) => void) => () => readScheme(changed(change))

  test('when it lets an adverse opinion lead to a certificate', () => {
    expect(refused((scheme) => scheme.documents[1]?.opinions.push('adverse'))).toThrow(
      'never leads to a certificate',
    )
  })

  test.each([
    ['does not show kinds', { minimum: ['byScope'], holderMayAdd: [] }, 'shows the result by kind'],
    ['shows stages', { minimum: ['byKind', 'byStage'], holderMayAdd: [] }, 'has the breakdown'],
    [
      'asks for sites, which not every record tells',
      { minimum: ['byKind', 'bySite'], holderMayAdd: [] },
      'for the holder to add',
    ],
    ['names kinds twice', { minimum: ['byKind'], holderMayAdd: ['byKind'] }, 'stands twice'],
  ] as const)('when an inventory of it %s', (_name, disclosure, message) => {
    expect(refused((scheme) => Object.assign(scheme.subjects[0] ?? {}, { disclosure }))).toThrow(message)
  })

  test('when a product of it offers sites, and not when an inventory of it does', () => {
    const offering = (kind: 'organization' | 'product') => (scheme: Scheme) =>
      subjectRule(scheme, kind)?.disclosure?.holderMayAdd.push('bySite')
    const newest = () => structuredClone(shipped('egret-development', '1.2'))
    const read = (kind: 'organization' | 'product') => {
      const scheme = newest()
      offering(kind)(scheme)
      return readScheme(scheme)
    }
    expect(() => read('product')).toThrow('kind \\"product\\" has the breakdown')
    expect(subjectRule(read('organization'), 'organization')?.disclosure?.holderMayAdd).toContain('bySite')
  })

  test('of 1.3 let sold products be processed by a factor of one step, in inventories only', () => {
    for (const name of newer) {
      expect(subjectRule(shipped(name, '1.2'), 'organization')?.families).not.toContain('gate-to-gate')
      expect(subjectRule(shipped(name, '1.3'), 'organization')?.families).toContain('gate-to-gate')
    }
    expect(subjectRule(shipped('egret-development', '1.3'), 'product')?.families).not.toContain(
      'gate-to-gate',
    )
  })

  test('when an inventory of it says whether contracts count: they always do, by market', () => {
    expect(
      refused((scheme) => Object.assign(scheme.subjects[0] ?? {}, { contractualInstruments: true })),
    ).toThrow('is a rule on products')
  })

  test('when it issues for good and asks for no accreditation', () => {
    const issuing = structuredClone(shipped('egret-product-statement', '1.2'))
    for (const rule of issuing.documents) delete rule.accreditation
    expect(() => readScheme(issuing)).toThrow('asks for an accreditation or approval')
  })

  test('when a statement has a term or a certificate has none', () => {
    expect(refused((scheme) => Object.assign(scheme.documents[0] ?? {}, { validityMonths: 12 }))).toThrow(
      'no term',
    )
    expect(refused((scheme) => Object.assign(scheme.documents[1] ?? {}, { validityMonths: null }))).toThrow(
      'has a term',
    )
  })

  test('when a boundary or a part belongs to the other kind of footprint', () => {
    const boundary = (scheme: Scheme) =>
      subjectRule(scheme, 'organization')?.boundaries.push('cradle-to-gate')
    expect(refused(boundary)).toThrow('is no boundary')
    const part = (scheme: Scheme) =>
      Object.assign(subjectRule(scheme, 'product')?.parts[0] ?? {}, { part: 'scope-1' })
    expect(refused(part)).toThrow('is no part')
  })

  test('when it names a table, a document kind, a subject kind or a part twice', () => {
    expect(refused((scheme) => scheme.factorTables.push({ table: 'cn-fuel', versions: 'all' }))).toThrow(
      'stands twice',
    )
    expect(refused((scheme) => scheme.documents.splice(1, 1, scheme.documents[0]!))).toThrow('stands twice')
    expect(refused((scheme) => scheme.subjects.splice(1, 1, scheme.subjects[0]!))).toThrow('stands twice')
    const parts = (scheme: Scheme) => scheme.subjects[0]?.parts.push(scheme.subjects[0].parts[0]!)
    expect(refused(parts)).toThrow('stands twice')
  })

  test('when a development scheme hides what it is', () => {
    expect(refused((scheme) => Object.assign(scheme.wording, { developmentNotice: null }))).toThrow('notice')
  })

  test('when a member is unknown, missing, or a share lies outside 0 to 1', () => {
    expect(refused((scheme) => Object.assign(scheme, { mark: 'CFP' }))).toThrow('mark')
    expect(() => readScheme({ type: 'egret/scheme' })).toThrow('schemaVersion')
    for (const share of ['1.01', '-0.1', '5%', '.5', '1e-2', '']) {
      expect(refused((scheme) => Object.assign(scheme, { exclusionMax: share }))).toThrow('share')
    }
  })
})
