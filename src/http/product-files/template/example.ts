/**
 * A product system to look at and to try: an electric fan made in Xiamen, on factors that are bundled. Its figures are made up; they
 * calculate as they stand.
 */

import type { StatedIdentity } from '../../../actions/footprints/stated-identity.ts'
import type { ProductInput } from '../../../engine/types.ts'
import type { Bilingual } from '../../../web/language.ts'
import { say, type TemplateLanguage } from './words.ts'

export const electricity = { table: 'cn-electricity-life-cycle', id: 'cn-elec-footprint-2024-national' }
export const lorry = { table: 'uk-desnz', id: 'desnz-2025-27_304_3136_14' }

/** What a document would say of the fan; HS and CN are those of axial fans. */
export const exampleIdentity: StatedIdentity = {
  product: {
    name: { zh: '工业轴流风机', en: 'Industrial axial fan' },
    model: 'AF-48',
    codes: [
      { system: 'HS', code: '841459' },
      { system: 'CN', code: '84145925' },
    ],
  },
  factory: {
    name: { zh: '同安厂区（虚构）', en: 'Tong’an works (made up)' },
    address: { zh: '福建省厦门市同安区', en: 'Tong’an, Xiamen, Fujian' },
  },
}

/** What both examples are calculated on, and for what. */
export const exampleFrame = {
  period: { start: '2025-01-01', end: '2026-01-01' },
  region: 'CN-FJ',
  gwpSet: { id: 'ipcc-ar5', version: '2013' },
  factorTables: [
    { table: 'cn-electricity-life-cycle', version: '2024' },
    { table: 'uk-desnz', version: '2025' },
  ],
  boundary: 'cradle-to-gate',
  declaredUnit: { amount: '1', unit: 'piece' },
} as const satisfies Partial<ProductInput>

export function exampleSystem(language: TemplateLanguage): ProductInput {
  const told = (zh: string, en: string) => say(language, { zh, en } satisfies Bilingual)
  return {
    kind: 'product',
    ...exampleFrame,
    referenceProcess: 'assembly',
    processes: [
      {
        id: 'steel-parts',
        name: { zh: '钢板下料与折弯', en: 'Cutting and bending of sheet steel' },
        stage: 'raw-material-acquisition',
        output: { amount: '1000', unit: 'kg' },
      },
      {
        id: 'assembly',
        name: { zh: '装配与包装', en: 'Assembly and packing' },
        stage: 'production',
        output: { amount: '1', unit: 'piece' },
        site: { site: 'tongan', product: 'fan' },
      },
    ],
    siteData: [
      {
        id: 'tongan',
        name: { zh: '同安厂区', en: 'Tong’an works' },
        period: { start: '2025-01-01', end: '2026-01-01' },
        totals: [
          {
            id: 'power',
            name: { zh: '装配车间总电表', en: 'Main meter of the assembly hall' },
            meter: {
              unit: 'kWh',
              meters: [
                {
                  serial: 'DB-2207',
                  multiplier: '40',
                  readings: [
                    { date: '2025-01-01', value: '1500' },
                    { date: '2026-01-01', value: '2400' },
                  ],
                },
              ],
            },
          },
        ],
        products: [
          {
            id: 'fan',
            name: { zh: '工业轴流风机', en: 'Industrial axial fan' },
            good: { amount: '8000', unit: 'piece' },
            started: { amount: '8000', unit: 'piece' },
            scrap: { amount: '0', unit: 'piece' },
          },
        ],
        keys: [
          {
            id: 'hours',
            name: { zh: '装配工时', en: 'Hours of assembly' },
            kind: 'hours',
            unit: 'h',
            amounts: [{ product: 'fan', amount: '3000' }],
          },
        ],
        splits: [
          {
            totals: ['power'],
            key: 'hours',
            products: ['fan'],
            outside: [
              { what: told('其他产品', 'other products'), amount: '800' },
              { what: told('办公', 'offices'), amount: '200' },
            ],
          },
        ],
      },
    ],
    lines: [
      {
        id: 'steel-sheet',
        process: 'steel-parts',
        category: 'material',
        description: told('冷轧钢板，含 12% 边角料', 'Steel sheet, with 12 % offcuts'),
        quantity: { amount: '1120', unit: 'kg' },
        factor: { table: 'uk-desnz', id: 'desnz-2025-19_504_5116_15' },
      },
      {
        id: 'steel-transport',
        process: 'steel-parts',
        category: 'transport',
        description: told('钢板公路运输 650 km', 'Steel sheet by lorry, 650 km'),
        quantity: { amount: '1120', unit: 'kg' },
        distance: { amount: '650', unit: 'km' },
        factor: lorry,
      },
      {
        id: 'steel-electricity',
        process: 'steel-parts',
        category: 'electricity',
        description: told('下料车间用电', 'Electricity of the cutting shop'),
        quantity: { amount: '260', unit: 'kWh' },
        factor: electricity,
      },
      {
        id: 'fan-casing',
        process: 'assembly',
        category: 'material',
        description: told('一台风机的钢结构件（自产）', 'Steel parts of one fan, of own production'),
        quantity: { amount: '48', unit: 'kg' },
        from: 'steel-parts',
      },
      {
        id: 'fan-motor',
        process: 'assembly',
        category: 'material',
        description: told('电动机', 'Motor'),
        quantity: { amount: '24', unit: 'kg' },
        factor: { table: 'uk-desnz', id: 'desnz-2025-19_503_5080_15' },
      },
      {
        id: 'assembly-electricity',
        process: 'assembly',
        category: 'electricity',
        description: told('装配用电，按工厂全年数据', 'Electricity of assembly, from the site’s year'),
        fromSite: { total: 'power' },
        factor: electricity,
      },
      {
        id: 'carton',
        process: 'assembly',
        category: 'packaging',
        description: told('瓦楞纸箱', 'Corrugated board'),
        quantity: { amount: '5.5', unit: 'kg' },
        factor: { table: 'uk-desnz', id: 'desnz-2025-19_506_5156_15' },
      },
    ],
  }
}
