import { describe, expect, test } from 'vitest'
import {
  type Claim,
  checkAgainstScheme,
  checkClaim,
  partsOf,
  type Violation,
} from '../../src/certification/check-against-scheme.ts'
import type { Scheme } from '../../src/certification/scheme.ts'
import type { CalculationResult, FactorUsed, LineResult, ProductInstrument } from '../../src/engine/types.ts'
import { isProblem } from '../../src/problem.ts'
import { shipped } from './situation.ts'

const statement = shipped('egret-organization-statement')
const product = shipped('egret-product-statement')
const development = shipped('egret-development')

const claim: Claim = {
  boundary: 'operational-control',
  exclusions: [],
  input: {
    kind: 'organization',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [{ table: 'cn-electricity-co2', version: '2025-1' }],
  },
}

const electricity: FactorUsed = {
  table: 'cn-electricity-co2',
  version: '2025-1',
  id: 'cn-fj-2023',
  name: { en: 'Fujian grid 2023', zh: null },
  family: 'electricity-generation',
  region: 'CN-FJ',
  year: 2023,
  unit: 'kWh',
  gwpBasis: 'gas-masses',
  confirmation: 'primary',
  path: [],
}

function line(id: string, factor: FactorUsed | null, changes: Partial<LineResult> = {}): LineResult {
  return {
    id,
    category: 'purchased-electricity',
    activityKind: 'purchased-electricity',
    scope: 2,
    isoCategory: 2,
    process: null,
    stage: null,
    from: null,
    activity: { amount: 1, unit: 'kWh' },
    scaling: 1,
    factor,
    fuel: null,
    working: [],
    gases: [],
    kgCo2e: 1,
    gasesNotCovered: [],
    ...changes,
  }
}

function result(lines: readonly LineResult[], changes: Partial<CalculationResult> = {}): CalculationResult {
  return {
    kind: 'organization',
    declaredUnit: null,
    gwpSet: { id: 'ipcc-ar6', version: '2021', digest: '' },
    factorTables: [],
    total: lines.length,
    totalIncludes: [],
    byKind: [],
    byGas: [],
    byScope: [],
    byIsoCategory: [],
    byCategory: [],
    byActivityKind: [],
    byFacility: [],
    byEntity: [],
    byMonth: [],
    apart: [],
    inventory: null,
    product: null,
    byStage: [],
    byProcess: [],
    scaling: [],
    lines,
    gasesNotCovered: [],
    flags: [],
    ...changes,
  }
}

function violations(check: () => void): readonly Violation[] {
  try {
    check()
    return []
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.code !== 'scheme-violation') throw thrown
    return thrown.facts.violations as readonly Violation[]
  }
}

const rules = (scheme: Scheme, changed: Partial<Claim>) =>
  violations(() => checkClaim(scheme, { ...claim, ...changed })).map((violation) => violation.rule)
const broken = (scheme: Scheme, found: CalculationResult, changed: Partial<Claim> = {}) =>
  violations(() => checkAgainstScheme(scheme, { ...claim, ...changed }, found))

describe('a claim', () => {
  test("that keeps the scheme's rules passes", () => {
    expect(rules(statement, {})).toEqual([])
  })

  test('is refused by name: the other kind of subject, another boundary, table, version or GWP set', () => {
    expect(rules(product, {})).toEqual(['subject'])
    expect(rules(statement, { boundary: 'cradle-to-gate' })).toEqual(['boundary'])
    const table = [{ table: 'cn-electricity-life-cycle', version: '2025-1' }]
    expect(rules(statement, { input: { ...claim.input, factorTables: table } })).toEqual(['factor-table'])
    const pinned = { ...statement, factorTables: [{ table: 'cn-electricity-co2', versions: ['2024-1'] }] }
    expect(rules(pinned, {})).toEqual(['factor-table'])
    const ar4 = { id: 'ipcc-ar4', version: '2007' }
    expect(rules(statement, { input: { ...claim.input, gwpSet: ar4 } })).toEqual(['gwp-set'])
  })

  const pinning = (...tables: string[]) => ({
    input: { ...claim.input, factorTables: tables.map((table) => ({ table, version: '2024' })) },
  })

  test('rests on no table that the scheme does not name, whatever its licence', () => {
    // Free (us-egrid), unclear (cn-cpcd-core), share-alike (world-electricity-ember), and one that nobody has.
    for (const table of ['us-egrid', 'cn-cpcd-core', 'world-electricity-ember', 'no-such-table']) {
      expect(rules(statement, pinning(table)), table).toEqual(['factor-table'])
    }
    const newer = shipped('egret-organization-statement', '1.1')
    expect(rules(newer, pinning('us-egrid', 'ipcc-2006-industrial-processes'))).toEqual([])
    expect(rules(newer, pinning('cn-cpcd-core', 'world-electricity-ember'))).toEqual([
      'factor-table',
      'factor-table',
    ])
  })

  test('rests on private tables only where the scheme says so: no version 1.0 does', () => {
    const own = pinning('cn-electricity-co2', 'xiamen-factory.suppliers')
    for (const name of ['egret-organization-statement', 'egret-development']) {
      expect(rules(shipped(name), own), name).toEqual(['private-table'])
      expect(rules(shipped(name, '1.1'), own), name).toEqual([])
      expect(rules({ ...shipped(name, '1.1'), privateTables: false }, own)).toEqual(['private-table'])
    }
  })

  test('names every rule broken, not the first alone, with what would be accepted', () => {
    const found = violations(() =>
      checkClaim(statement, {
        ...claim,
        boundary: 'gate-to-gate',
        input: { ...claim.input, gwpSet: { id: 'ipcc-ar4', version: '2007' } },
      }),
    )
    expect(found.map((violation) => violation.rule)).toEqual(['boundary', 'gwp-set'])
    expect(found[0]?.accepted).toEqual(['operational-control', 'financial-control', 'equity-share'])
  })

  test('may leave out 5 % and no more: 0.02 + 0.03 passes, 0.02 + 0.030000000001 does not', () => {
    const exclude = (...shares: string[]) =>
      rules(statement, {
        exclusions: shares.map((estimatedShare) => ({ what: 'x', reason: 'y', estimatedShare })),
      })
    expect(exclude('0.02', '0.03')).toEqual([])
    expect(exclude('0.02', '0.030000000001')).toEqual(['exclusions'])
    expect(exclude('1')).toEqual(['exclusions'])
    // In doubles 0.01 + 0.14 + 0.01 + 0.04 comes to 0.20000000000000004, which would refuse an honest 20 %.
    const shares = ['0.01', '0.14', '0.01', '0.04']
    const exclusions = shares.map((estimatedShare) => ({ what: 'x', reason: 'y', estimatedShare }))
    expect(rules({ ...statement, exclusionMax: '0.2' }, { exclusions })).toEqual([])
  })
})

describe('a result', () => {
  test('that uses what the scheme accepts passes', () => {
    expect(broken(statement, result([line('a', electricity)]))).toEqual([])
  })

  test('is refused for the wrong electricity family, naming its lines', () => {
    const lifeCycle = { ...electricity, family: 'electricity-life-cycle' } as const
    const found = broken(
      statement,
      result([line('a', lifeCycle), line('b', electricity), line('c', lifeCycle)]),
    )
    expect(found).toMatchObject([{ rule: 'family', lines: ['a', 'c'] }])
  })

  test('counts a fuel weighed by its carbon content as combustion', () => {
    const burnt = line('a', null, {
      scope: 1,
      fuel: {
        table: 't',
        version: '1',
        id: 'f',
        name: { en: 'f', zh: null },
        confirmation: 'primary',
        source: 's',
        measured: [],
        path: [],
      },
    })
    const withoutCombustion = structuredClone(statement)
    for (const rule of withoutCombustion.subjects) rule.families = ['electricity-generation']
    expect(broken(statement, result([burnt]))).toEqual([])
    expect(broken(withoutCombustion, result([burnt]))).toMatchObject([{ rule: 'family', lines: ['a'] }])
  })

  test('may rest on a basis that its source does not state only where the scheme names the table', () => {
    const unstated = { ...electricity, gwpBasis: 'not-stated' } as const
    expect(broken(statement, result([line('a', unstated)]))).toMatchObject([
      { rule: 'gwp-basis', lines: ['a'] },
    ])
    const named = { ...statement, gwp: { ...statement.gwp, notStatedTables: ['cn-electricity-co2'] } }
    expect(broken(named, result([line('a', unstated)]))).toEqual([])
  })

  test('may rest on such a row of a private table only where the scheme lists them all, as "private"', () => {
    const unstated = { ...electricity, table: 'factory.suppliers', gwpBasis: 'not-stated' } as const
    const found = (scheme: Scheme) => broken(scheme, result([line('a', unstated)])).map(({ rule }) => rule)
    expect(found(shipped('egret-organization-statement', '1.1'))).toEqual(['gwp-basis'])
    expect(found(shipped('egret-development', '1.1'))).toEqual([])
    const named = { ...statement, gwp: { ...statement.gwp, notStatedTables: ['factory'] } }
    expect(found(named)).toEqual(['gwp-basis'])
  })

  test('may not rest on a basis the scheme does not list', () => {
    const older = { ...electricity, gwpBasis: 'AR4' } as const
    expect(broken(statement, result([line('a', older)]))).toMatchObject([{ rule: 'gwp-basis' }])
    expect(broken(development, result([line('a', older)]))).toEqual([])
  })

  test('is held to the same for factors beside a line’s own', () => {
    const taken = { gases: ['CH4'], activity: { amount: 1, unit: 'kWh' }, working: [] }
    const beside = (changes: Partial<FactorUsed>) =>
      result([line('a', electricity, { beside: [{ ...electricity, ...taken, ...changes }] })])
    expect(broken(statement, beside({}))).toEqual([])
    expect(broken(statement, beside({ family: 'electricity-life-cycle' }))).toMatchObject([
      { rule: 'family', lines: ['a'] },
    ])
    expect(broken(statement, beside({ gwpBasis: 'AR4' }))).toMatchObject([
      { rule: 'gwp-basis', lines: ['a'] },
    ])
    expect(broken(statement, beside({ gwpBasis: 'not-stated' }))).toMatchObject([{ rule: 'gwp-basis' }])
    const twice = [{ ...electricity, ...taken, family: 'electricity-marginal' as const }]
    const both = result([
      line('a', { ...electricity, family: 'electricity-marginal' }, { beside: twice }),
      line('b', electricity, { beside: [{ ...electricity, ...taken, family: 'electricity-life-cycle' }] }),
    ])
    const found = broken(statement, both).filter(({ rule }) => rule === 'family')
    expect(found.map(({ lines }) => lines)).toEqual([['a'], ['b']])
  })

  test('may use own and unverified factors only where the scheme says so', () => {
    const flags = [
      { code: 'own-factor', lines: ['a'], share: 1 },
      { code: 'unverified-factor', lines: ['a'], share: 1 },
    ] as const
    const flagged = result([line('a', electricity)], { flags })
    expect(broken(statement, flagged).map((violation) => violation.rule)).toEqual([
      'own-factor',
      'unverified-factor',
    ])
    expect(broken(development, flagged)).toEqual([])
  })

  test('rests on factors as sure as the scheme asks, fuels and factors beside included', () => {
    const strict = { ...structuredClone(statement), confirmations: ['primary' as const] }
    const secondary = { ...electricity, confirmation: 'secondary' as const }
    const beside = { ...secondary, gases: ['CH4'], activity: { amount: 1, unit: 'kWh' }, working: [] }
    const lines = [
      line('a', { ...electricity, confirmation: 'primary' }),
      line('b', secondary),
      line('c', { ...electricity, confirmation: 'primary' }, { beside: [beside] }),
    ]
    const found = broken(strict, result(lines)).filter(({ rule }) => rule === 'confirmation')
    expect(found.map(({ lines: ids, accepted }) => [ids, accepted])).toEqual([[['b', 'c'], ['primary']]])
    expect(broken(statement, result(lines)).filter(({ rule }) => rule === 'confirmation')).toEqual([])
  })

  test('has no lines in a part about which the scheme says nothing', () => {
    const narrow = structuredClone(statement)
    for (const rule of narrow.subjects) rule.parts = rule.parts.filter((entry) => entry.part !== 'scope-3')
    const travel = line('t', { ...electricity, family: 'travel' }, { scope: 3 })
    expect(broken(narrow, result([travel]))).toMatchObject([
      { rule: 'part', accepted: ['scope-1', 'scope-2'] },
    ])
  })
})

describe('scope 2 by market', () => {
  const strict = { ...structuredClone(statement), confirmations: ['primary' as const] }
  const covered = (kWh: number, coveredKWh: number) => ({ marketBased: { kWh, coveredKWh, kgCo2e: 0 } })
  const heat = { marketBased: { kWh: null, coveredKWh: null, kgCo2e: 1 } }
  const lines = [
    line('all', electricity, covered(100, 100)),
    line('part', electricity, covered(100, 40)),
    line('none', electricity, covered(100, 0)),
    line('heat', { ...electricity, family: 'heat' }, heat),
  ]
  /** Two instruments, of which only `odd` conveys the factor, and what is left. */
  const byMarket = (odd: Partial<FactorUsed>, rest: Partial<FactorUsed> = {}) => {
    const scope2 = {
      ...{ locationBasedKgCo2e: 4, marketBasedKgCo2e: 4, totalMarketBasedKgCo2e: 4 },
      ...{ electricityKWh: 300, coveredKWh: 140, ownKWh: 0 },
      instruments: [
        { id: 'even', kind: 'supplier-specific', factor: electricity, kWh: 40, kgCo2e: 0 },
        { id: 'odd', kind: 'supplier-specific', factor: { ...electricity, ...odd }, kWh: 100, kgCo2e: 0 },
      ],
      rest: [{ factor: { ...electricity, ...rest }, basis: 'proxy', kWh: 160, kgCo2e: 4 }],
    } as const
    const inventory = { scope2 } as unknown as CalculationResult['inventory']
    return result(lines, { inventory })
  }

  test('on what the scheme accepts passes', () => {
    expect(broken(strict, byMarket({}))).toEqual([])
  })

  test.each([
    ['family', { family: 'electricity-life-cycle' }],
    ['gwp-basis', { gwpBasis: 'AR4' }],
    ['gwp-basis', { gwpBasis: 'not-stated' }],
    ['own-factor', { table: 'own' }],
    ['unverified-factor', { confirmation: 'unverified' }],
    ['confirmation', { confirmation: 'secondary' }],
  ] as const)('is held to the rule %s: %o', (rule, changed) => {
    const [conveyed, ...others] = broken(strict, byMarket(changed))
    expect([conveyed, others]).toMatchObject([{ rule, instruments: ['odd'] }, []])
    expect(conveyed).not.toHaveProperty('lines')
    const [left] = broken(strict, byMarket({}, changed))
    expect(left).toMatchObject({ rule, lines: ['part', 'none'] })
    expect(left).not.toHaveProperty('instruments')
  })

  test('names what the lines break already once, with the instruments beside', () => {
    const flags = [{ code: 'own-factor', lines: ['all', 'part'], share: 0.5 }] as const
    const found = broken(strict, { ...byMarket({ table: 'own' }, { table: 'own' }), flags })
    expect(found).toMatchObject([
      { rule: 'own-factor', lines: ['all', 'part', 'none'], instruments: ['odd'] },
    ])
  })
})

describe('a product', () => {
  const input: Claim['input'] = {
    kind: 'product',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [{ table: 'cn-electricity-life-cycle', version: '2024' }],
  }
  const newest = shipped('egret-product-statement', '1.3')
  const earlier = shipped('egret-product-statement', '1.2')
  const claimed = (scheme: Scheme, changes: Partial<Claim>): readonly Violation[] => {
    try {
      checkClaim(scheme, { boundary: 'cradle-to-gate', exclusions: [], input, ...changes })
      return []
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown
      return thrown.facts.violations as Violation[]
    }
  }
  const wind = { id: 'wind' } as ProductInstrument
  const contracts = {
    ...{ instruments: [wind], ageMonthsMax: 12, produced: { amount: '1', unit: 'kg' } },
  }

  test('counts electricity under contract only where its scheme does', () => {
    const green = { input: { ...input, contractualInstruments: contracts } }
    expect(claimed(newest, green)).toEqual([])
    expect(claimed(earlier, green)).toMatchObject([{ rule: 'instruments', instruments: ['wind'] }])
    expect(claimed(earlier, {})).toEqual([])
  })

  test('leaves out no more by one exclusion than its scheme says, and no more by all', () => {
    const out = (...shares: string[]) => ({
      exclusions: shares.map((estimatedShare, place) => ({
        ...{ what: `part ${place}`, reason: 'small', estimatedShare },
      })),
    })
    expect(claimed(newest, out('0.01', '0.01', '0.01', '0.01', '0.01'))).toEqual([])
    const [single, ...others] = claimed(newest, out('0.01', '0.011'))
    expect([single?.rule, others]).toEqual(['exclusions', []])
    expect(single?.detail).toContain('"part 1"')
    expect(single?.detail).toContain('0.011')
    // 0.012 is above 0.01, and 0.012 + 4 × 0.01 = 0.052 above 0.05.
    expect(claimed(newest, out('0.012', '0.01', '0.01', '0.01', '0.01'))).toHaveLength(2)
    expect(claimed(earlier, out('0.05'))).toEqual([])
  })
})

describe('estimates', () => {
  const limited = { ...structuredClone(statement), estimatedMax: '0.05' }
  const estimated = (share: number | null) =>
    result([line('a', electricity)], { flags: [{ code: 'estimated', lines: ['a'], share }] })

  test('may make up as much as the scheme says, and no more; the share and the limit are named', () => {
    expect(broken(limited, estimated(0.05))).toEqual([])
    const [found] = broken(limited, estimated(0.0501))
    expect(found).toMatchObject({ rule: 'estimates', lines: ['a'] })
    expect(found?.detail).toContain('0.0501')
    expect(found?.detail).toContain('limit of 0.05')
    expect(broken({ ...limited, estimatedMax: '0' }, estimated(1e-9))).toHaveLength(1)
  })

  test('are not limited where the scheme is silent, nor where nothing weighs anything', () => {
    expect(broken(statement, estimated(1))).toEqual([])
    expect(broken(limited, estimated(null))).toEqual([])
    expect(broken(limited, result([line('a', electricity)]))).toEqual([])
  })

  test('are limited by the statement of an inventory from 1.3 on, and not in development', () => {
    expect(shipped('egret-organization-statement', '1.3').estimatedMax).toBe('0.05')
    expect(shipped('egret-organization-statement', '1.2').estimatedMax).toBeUndefined()
    expect(shipped('egret-development', '1.3').estimatedMax).toBeUndefined()
  })
})

test('the parts of a result are the scopes that have lines, in order; a product has one', () => {
  const lines = [
    line('a', electricity, { scope: 3 }),
    line('b', electricity, { scope: 1 }),
    line('c', null, { scope: null }),
  ]
  expect(partsOf(result(lines))).toEqual(['scope-1', 'scope-3'])
  expect(partsOf(result([], { kind: 'product' }))).toEqual(['product-footprint'])
})
