/**
 * A small moulding shop for tests, in round numbers. Housings and grilles share its main meter by machine hours; the oven is metered
 * behind it, and only housings are painted; offices take their part of the gas by area.
 */

import { calculate } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  CalculationResult,
  FromSite,
  Process,
  ProductInput,
  SiteData,
} from '../../../src/engine/types.ts'
import { co2eFactor, context, product, table } from '../fixtures.ts'

export const tables = [
  table('t', [
    co2eFactor(
      {
        ...{ id: 'power', family: 'electricity-life-cycle', category: 'electricity', unit: 'kWh' },
        includesTransmission: true,
      },
      '0.5',
    ),
    co2eFactor({ id: 'gas', family: 'upstream', unit: 'm3' }, '0.3'),
    co2eFactor({ id: 'burnt', family: 'combustion', unit: 'm3' }, '2'),
    co2eFactor({ id: 'resin', family: 'cradle-to-gate', unit: 'kg' }, '3'),
    co2eFactor({ id: 'landfill', family: 'end-of-life', unit: 'kg' }, '0.1'),
  ]),
]

const names = (en: string) => ({ en, zh: null })

/** The year 2023 of the shop. */
export const year: SiteData = {
  id: 'shop',
  name: names('Moulding shop'),
  period: { start: '2023-01-01', end: '2024-01-01' },
  totals: [
    { id: 'power', name: names('Main meter'), quantity: { amount: '10', unit: 'MWh' } },
    {
      ...{ id: 'oven', name: names('Oven'), partOf: 'power' },
      meter: {
        unit: 'kWh',
        meters: [
          {
            ...{ serial: 'A', multiplier: '40' },
            readings: [
              { date: '2023-01-01', value: '100' },
              { date: '2024-01-01', value: '150' },
            ],
          },
        ],
      },
    },
    { id: 'gas', name: names('Natural gas'), quantity: { amount: '1500', unit: 'm3' } },
    {
      ...{ id: 'resin', name: names('Resin') },
      stock: { unit: 'kg', opening: '20', received: '140', passedOn: '0', closing: '37' },
    },
  ],
  products: [
    {
      ...{ id: 'housing', name: names('Housing'), good: { amount: '1000', unit: 'piece' } },
      ...{ started: { amount: '1050', unit: 'piece' }, scrap: { amount: '50', unit: 'piece' } },
      ...{ regrind: { amount: '3', unit: 'kg' }, massPerPiece: { amount: '100', unit: 'g' } },
    },
    {
      ...{ id: 'grille', name: names('Grille'), good: { amount: '500', unit: 'piece' } },
      massPerPiece: { amount: '46', unit: 'g' },
    },
  ],
  keys: [
    {
      ...{ id: 'hours', name: names('Machine hours'), kind: 'hours', unit: 'h' },
      amounts: [
        { product: 'housing', amount: '300' },
        { product: 'grille', amount: '100' },
      ],
    },
    {
      ...{ id: 'floor', name: names('Floor'), kind: 'area', unit: 'm2' },
      amounts: [
        { product: 'housing', amount: '400' },
        { product: 'grille', amount: '100' },
      ],
    },
    { id: 'mass', name: names('Mass of good output'), kind: 'mass' },
  ],
  splits: [
    { totals: ['power'], key: 'hours', products: ['housing', 'grille'] },
    { totals: ['oven'], products: ['housing'] },
    {
      ...{ totals: ['gas'], key: 'floor', products: ['housing', 'grille'] },
      outside: [{ what: 'offices', amount: '500' }],
    },
    { totals: ['resin'], key: 'mass', products: ['housing', 'grille'] },
  ],
}

export const moulding: Process = {
  ...{ id: 'moulding', name: names('Moulding'), stage: 'production' },
  ...{ output: { amount: '1', unit: 'piece' }, site: { site: 'shop', product: 'housing' } },
}

/** A line that takes from the shop. */
export const takes = (
  category: string,
  factor: string,
  fromSite: FromSite,
  more: Partial<ActivityLine> = {},
): ActivityLine => ({
  ...{ id: `${category} ${fromSite.total ?? fromSite.flow}`, category, process: 'moulding' },
  ...{ factor: { id: factor }, fromSite, ...more },
})

export const lines: readonly ActivityLine[] = [
  takes('electricity', 'power', { total: 'power' }),
  takes('electricity', 'power', { total: 'oven' }),
  takes('fuel-combustion', 'burnt', { total: 'gas' }),
  takes('fuel-supply', 'gas', { total: 'gas' }),
  takes('material', 'resin', { total: 'resin' }),
  takes('waste-treatment', 'landfill', { flow: 'scrap' }),
]

/** A housing of the shop. */
export function housing(given: Partial<ProductInput> = {}): ProductInput {
  return product([moulding], lines, {
    ...{ declaredUnit: { amount: '1', unit: 'piece' }, siteData: [year] },
    ...{ factorTables: [{ table: 't', version: '1' }], ...given },
  })
}

/** The shop's year with some of its lists changed. */
export function shop(given: Partial<SiteData>): Pick<ProductInput, 'siteData'> {
  return { siteData: [{ ...year, ...given }] }
}

/** A list of the shop with one member changed. */
export function changedIn<List extends 'totals' | 'products' | 'keys' | 'splits'>(
  list: List,
  index: number,
  given: Partial<SiteData[List][number]>,
): Pick<ProductInput, 'siteData'> {
  const members = year[list] as readonly SiteData[List][number][]
  return shop({ [list]: members.map((member, at) => (at === index ? { ...member, ...given } : member)) })
}

export const run = (input: ProductInput): CalculationResult => calculate(input, context(tables))
