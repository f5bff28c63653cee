/** The worked examples: the arithmetic written beside each line is right, and the engine comes to the same. */

import Fraction from 'fraction.js'
import { describe, expect, test } from 'vitest'
import { calculationOf, exampleNames, readExample, type Term } from '../../scripts/demo/examples.ts'
import { calculate, type ProductInput, presentResult, type Subtotal } from '../../src/engine/index.ts'
import { csvActivityData } from '../../src/http/activity-data.ts'
import { canonicalBytes, canonicalize } from '../../src/json/canonical.ts'
import { digestOfBytes } from '../../src/json/digest.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { normalized } from '../../src/record/revision.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import { workOut } from './arithmetic.ts'
import { contextOf } from './published-tables.ts'

const examples = exampleNames.map((name) => {
  const example = readExample(name)
  const input = calculationOf(example)
  return { ...example, input, result: calculate(input, contextOf(input)) }
})
const [site, chain, factory, fan, housing, oil] = examples as [Case, Case, Case, Case, Case, Case]
type Case = (typeof examples)[number]

const named = ({ lines }: Term, id: string) =>
  lines.endsWith('*') ? id.startsWith(lines.slice(0, -1)) : id === lines
const sum = (values: readonly (string | number)[]) =>
  values.reduce<Fraction>((total, value) => total.add(new Fraction(value)), new Fraction(0))

/**
 * SHA-256 of the RFC 8785 form of each example's input and presented result. An input keeps its bytes for ever, whatever members lines
 * gain; a result's move only when its form does, in a new engine, and then on purpose.
 */
const bytesBefore: Readonly<Record<string, readonly [string, string]>> = {
  'organization-food-processing-site': [
    'sha256:7236d565de968b806e032a883c721e5955bdf6621cec179451366bf118fe252d',
    'sha256:ef1e34306515c03aec8c362aa20b776f791b5cf1cc9294a0f7f5c42b9c9464a7',
  ],
  'product-electricity-from-fuel': [
    'sha256:f6f56611cb675dfb662c9a2daef77a248ae8601e4710929c2d0af2192f1c1317',
    'sha256:2f25b54ab038387dd42e4a2a5e56aad6d860da59ca9fdf42fb48986bfb65f824',
  ],
  'organization-xiamen-factory': [
    'sha256:326ea95ad0db7cfc494bdd713cc8be5e1c17c9fc31de0892eeafed6fdbd2d6e3',
    'sha256:4bc12f543c358275000c9d2c46cbc61b00995a43b8e6f52749cc6e9459184f8c',
  ],
  'product-xiamen-fan': [
    'sha256:49a20f8c8bd87e2f66400a950b7419ea2b340ace8596327045dc04f941ed86b2',
    'sha256:7958d78e469f35ee70ec49a4ba0eec951eec1e209073391ece06deafe36b4c37',
  ],
  'product-xiamen-fan-housing': [
    'sha256:0f7880888ebd67bfc20fbe5edca7d48473d68dbf3eddcfb7a6bbe040ef64f259',
    'sha256:cd6acd522981eb5065cfa1bff76d319906d27c5f58fdc3585fb854fd3df7bf92',
  ],
  'product-zhangzhou-camellia-oil': [
    'sha256:23cc87520cdfea3473b0ff129f43ce7a4c077e6a55fd27fe9fb0db9152581761',
    'sha256:16612347a1d0533d02c2db3feeb2730a1983d70d0fb93433e883441b6b165eaf',
  ],
  'product-xiamen-water-bottle': [
    'sha256:a3952ab82b467bdf0e4cc6aeafdc911b24c7b08f3f04d766be92ff7ac21da530',
    'sha256:9062cf3eb0df51281b1bd8ce136e86c89de26257c4587ab02d1d6c6e7004291b',
  ],
}

test.each(examples)('examples/$name has the bytes it had', ({ name, input }) => {
  const digest = (value: object) => digestOfBytes(canonicalBytes(normalized(value)))
  const given = canonicalInput(input)
  const { result } = presentResult(calculate(given, contextOf(given)))
  expect([digest(given), digest(result)]).toEqual(bytesBefore[name])
})

describe.each(examples)('examples/$name', ({ expected, result, input, csv }) => {
  const tolerance = Number(expected.tolerance)

  test('each line has its arithmetic, once', () => {
    const counts = result.lines.map(({ id }) => expected.terms.filter((term) => named(term, id)).length)
    expect(counts).toEqual(result.lines.map(() => 1))
  })

  test.each(expected.terms)('$lines: $arithmetic', (term) => {
    const engine = result.lines.filter(({ id }) => named(term, id)).map(({ kgCo2e }) => kgCo2e)
    expect(workOut(term.arithmetic).equals(new Fraction(term.kgCo2e))).toBe(true)
    expect(Math.abs(sum(engine).sub(new Fraction(term.kgCo2e)).valueOf())).toBeLessThanOrEqual(tolerance)
  })

  test('the total is the sum of the terms, exactly', () => {
    const total = sum(expected.terms.map(({ kgCo2e }) => kgCo2e))
    expect(total.equals(new Fraction(expected.totals.total))).toBe(true)
    expect(Math.abs(result.total - total.valueOf())).toBeLessThanOrEqual(tolerance)
  })

  test('so are the subtotals', () => {
    const { byScope, byStage, byProcess } = expected.totals
    expectSubtotals(byScope, result.byScope, tolerance)
    expectSubtotals(byStage, result.byStage, tolerance)
    expectSubtotals(byProcess, result.byProcess, tolerance)
    for (const part of [byScope, byStage, byProcess]) {
      if (part) expect(sum(Object.values(part)).equals(new Fraction(expected.totals.total))).toBe(true)
    }
  })

  test('processes run as often as worked out', () => {
    const runs = new Map(
      result.scaling.map(({ process, product, runs }) => [
        product === null ? process : `${process}/${product}`,
        runs,
      ]),
    )
    const worked = Object.entries(expected.runs ?? {})
    expect([...runs.keys()].sort()).toEqual(worked.map(([node]) => node).sort())
    // A quotient may be off in its last digit.
    for (const [node, times] of worked)
      expect(Math.abs((runs.get(node) as number) - Number(times))).toBeLessThanOrEqual(Number(times) * 3e-16)
  })

  test('its CSV comes to the same bytes', () => {
    const fromCsv = { ...input, lines: csvActivityData(csv).lines }
    const bytes = (from: typeof input) => canonicalize(presentResult(calculate(from, contextOf(from))))
    expect(bytes(fromCsv)).toBe(bytes(input))
  })
})

function expectSubtotals(
  expected: Readonly<Record<string, string>> | undefined,
  found: readonly Subtotal[],
  tolerance: number,
): void {
  if (!expected) return
  expect(found.map(({ key }) => key).sort()).toEqual(Object.keys(expected).sort())
  for (const { key, kgCo2e } of found)
    expect(Math.abs(kgCo2e - Number(expected[key]))).toBeLessThanOrEqual(tolerance)
}

describe('the food processing site', () => {
  const scope = (key: string) => (site.result.byScope.find((part) => part.key === key)?.kgCo2e ?? 0) / 1000

  test('comes to the figures its source prints, to a millionth of a tonne', () => {
    const { scope1, scope2, scope3, gross } = site.expected.published as Record<string, string>
    expect(scope('1')).toBeCloseTo(Number(scope1), 6)
    expect(scope('2')).toBeCloseTo(Number(scope2), 6)
    expect(scope('3')).toBeCloseTo(Number(scope3), 6)
    expect(site.result.total / 1000).toBeCloseTo(Number(gross), 6)
  })

  test('does not subtract the offsets bought: 350.18 t gross, not 250.18 t', () => {
    expect(presentResult(site.result).printed.total.t).toBe('350.18')
  })

  test.skipIf(!casesPresent)(`agrees with the published case${caseNote}`, () => {
    const published = publishedJson('org/food-processing-site-australia.json', {
      expected: { scope1: { total: 0 }, scope2: { total: 0 }, scope3: { total: 0 }, gross_total: 0 },
    }).expected
    expect(scope('1')).toBeCloseTo(published.scope1.total, 6)
    expect(scope('2')).toBeCloseTo(published.scope2.total, 6)
    expect(scope('3')).toBeCloseTo(published.scope3.total, 6)
    expect(site.result.total / 1000).toBeCloseTo(published.gross_total, 6)
  })
})

describe('the textbook chain', () => {
  test('refuses SO2, which is no greenhouse gas, instead of counting it as zero', () => {
    const so2 = {
      id: 'electricity-so2',
      category: 'process-emissions',
      quantity: { amount: '0.1', unit: 'kg' },
      gas: 'SO2',
      process: 'electricity-production',
    }
    const input = { ...(chain.input as ProductInput), lines: [...chain.input.lines, so2] }
    expect(() => calculate(input, contextOf(input))).toThrow('gwp-missing')
  })

  test.skipIf(!casesPresent)(`agrees with the published case${caseNote}`, () => {
    const published = publishedJson('product/heijungs-suh-electricity-fuel.json', {
      expected: {
        scaling: {} as Record<string, number>,
        inventory: { 'CO2 kg': 0 } as Record<string, number>,
      },
    }).expected
    const runs = Object.fromEntries(
      chain.result.scaling.map(({ process, runs }) => [process.replace('-', ' '), runs]),
    )
    expect(runs).toEqual(published.scaling)
    expect(chain.result.total).toBe(published.inventory['CO2 kg'])
  })
})

describe('the Xiamen factory', () => {
  const line = (id: string) => factory.result.lines.find((found) => found.id === id)

  test("weighs the electricity of 2025 by Fujian's factor of 2023, the nearest earlier year, and says so", () => {
    expect(line('electricity-01')?.factor).toMatchObject({ id: 'cn-grid-co2-2023-fj', year: 2023 })
    expect(line('electricity-01')?.factor?.path).toEqual([
      { step: 'table', asked: 'cn-electricity-co2@2023', took: 'cn-electricity-co2@2023' },
      { step: 'region', asked: 'CN-FJ', took: 'CN-FJ' },
      { step: 'year', asked: '2025', took: '2023' },
    ])
  })

  test('declares that Chinese electricity, heat and fuel factors cover CO2 only', () => {
    expect(factory.result.gasesNotCovered.map(({ gas }) => gas)).toEqual(['CH4', 'N2O'])
  })

  test('refuses the year without its February electricity', () => {
    const input = {
      ...factory.input,
      lines: factory.input.lines.filter(({ id }) => id !== 'electricity-02'),
    } as typeof factory.input
    expect(() => calculate(input, contextOf(input))).toThrow('month-missing')
  })
})

describe('the Xiamen fan', () => {
  test('refuses the generation factor of the factory as its electricity', () => {
    const lines = fan.input.lines.map((line) =>
      line.category === 'electricity'
        ? { ...line, factor: { table: 'cn-electricity-co2', id: 'cn-grid-co2-2023-fj' } }
        : line,
    )
    const factorTables = [...fan.input.factorTables, { table: 'cn-electricity-co2', version: '2023' }]
    const input = { ...(fan.input as ProductInput), lines, factorTables }
    expect(() => calculate(input, contextOf(input))).toThrow('wrong-family')
  })

  test('flags that the electricity factor does not say on which GWPs it rests', () => {
    const flag = fan.result.flags.find(({ code }) => code === 'gwp-basis-not-stated')
    // By hand: (7.209696 + 6.64355 + 4.991328 + 2.07972) ÷ 361.599720099 = 20.924294 ÷ 361.599720099.
    expect(flag?.share).toBeCloseTo(0.0578659, 6)
  })
})

describe('the camellia oil', () => {
  test('and its cake come to what one run does: 250 × 1.13472 + 600 × 0.1182 = 354.6 kg', () => {
    const cake = { ...(oil.input as ProductInput), referenceProduct: 'press-cake' }
    const { total } = calculate(cake, contextOf(cake))
    expect(total).toBeCloseTo(0.1182, 12)
    expect(250 * oil.result.total + 600 * total).toBeCloseTo(354.6, 10)
  })

  test('bears four fifths by value, and says why', () => {
    const [pressing] = oil.result.product?.allocations ?? []
    expect(pressing?.products.map(({ product, share }) => [product, share])).toEqual([
      ['camellia-oil', 0.8],
      ['press-cake', 0.2],
    ])
    expect(pressing?.justification).toMatch(/饼粕/)
  })
})

describe('the fan housing', () => {
  const sites = housing.result.product?.sites[0]
  const total = (id: string) => sites?.totals.find((each) => each.total === id)

  test('divides a year of which nothing is left over', () => {
    for (const each of sites?.totals ?? []) expect(Math.abs(each.residual)).toBeLessThanOrEqual(1e-10)
    expect(total('power')).toMatchObject({ measured: 1_300_000, rest: 200_000, key: 'floor' })
    expect(total('gas')?.measured).toBe(60_000)
    // By hand: 168 218 kg × 107 520 ÷ 167 520.
    expect(total('resin')?.parts[0]?.amount).toBeCloseTo(107_968, 9)
  })

  test('counts regrind once: moulded scrap of 1680 kg less 1400 kg, painted rejects whole', () => {
    expect(sites?.products.map(({ scrapLeft }) => scrapLeft?.amount)).toEqual([280, 150, 2700, undefined])
    expect(sites?.products[0]?.yield).toBeCloseTo(256 / 260, 15)
  })

  test('has nothing that a verifier must see', () => {
    expect(housing.result.product?.findings).toEqual([])
  })

  test('is refused without the line of one of its meters', () => {
    const lines = housing.input.lines.filter(({ id }) => id !== 'painting-power')
    const input = { ...(housing.input as ProductInput), lines }
    expect(() => calculate(input, contextOf(input))).toThrow('site-data-unused')
  })
})
