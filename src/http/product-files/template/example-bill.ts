/** A bill of materials to look at and to try: the fan of the other example, by what it is made of. Its figures are made up. */

import type { BillOfMaterials } from '../../../engine/types.ts'
import type { Bilingual } from '../../../web/language.ts'
import { electricity, exampleFrame, lorry } from './example.ts'
import { say, type TemplateLanguage } from './words.ts'

const steel = { table: 'uk-desnz', id: 'desnz-2025-19_504_5116_15' }
const km = (amount: string) => ({ amount, unit: 'km' })
const kg = (amount: string) => ({ amount, unit: 'kg' })

/** A casing of sheet of which a tenth is cut away, screws in casing and fan, a motor, power and a carton. */
export function exampleBill(language: TemplateLanguage): BillOfMaterials {
  const told = (zh: string, en: string) => say(language, { zh, en } satisfies Bilingual)
  return {
    kind: 'bill-of-materials',
    ...exampleFrame,
    item: {
      id: 'fan',
      name: { zh: '工业轴流风机', en: 'Industrial axial fan' },
      stage: 'production',
      output: { amount: '1', unit: 'piece' },
      lines: [
        {
          id: 'motor',
          category: 'material',
          description: told('电动机', 'Motor'),
          quantity: kg('24'),
          factor: { table: 'uk-desnz', id: 'desnz-2025-19_503_5080_15' },
        },
        {
          id: 'assembly-electricity',
          category: 'electricity',
          description: told('装配用电', 'Electricity of assembly'),
          quantity: { amount: '4.5', unit: 'kWh' },
          factor: electricity,
        },
        {
          id: 'carton',
          category: 'packaging',
          description: told('瓦楞纸箱', 'Corrugated board'),
          quantity: kg('5.5'),
          factor: { table: 'uk-desnz', id: 'desnz-2025-19_506_5156_15' },
        },
      ],
      parts: [
        {
          id: 'casing',
          name: { zh: '钢结构件', en: 'Casing' },
          stage: 'raw-material-acquisition',
          takes: kg('48'),
          output: kg('1000'),
          yield: '0.9',
          lines: [
            {
              id: 'sheet',
              category: 'material',
              description: told('冷轧钢板', 'Steel sheet'),
              quantity: kg('1000'),
              factor: steel,
            },
            {
              id: 'sheet-transport',
              category: 'transport',
              description: told('钢板公路运输', 'Steel sheet by lorry'),
              quantity: kg('1000'),
              distance: km('650'),
              factor: lorry,
            },
            {
              id: 'cutting-electricity',
              category: 'electricity',
              description: told('下料车间用电', 'Electricity of the cutting shop'),
              quantity: { amount: '260', unit: 'kWh' },
              factor: electricity,
            },
          ],
          scrap: [
            {
              id: 'offcuts-transport',
              category: 'transport',
              description: told('边角料运至回收厂', 'Offcuts to the recycler'),
              distance: km('120'),
              factor: lorry,
            },
          ],
          parts: [
            {
              id: 'screws',
              name: { zh: '紧固件', en: 'Screws' },
              stage: 'raw-material-acquisition',
              takes: kg('4'),
              output: kg('1'),
              lines: [
                {
                  id: 'wire',
                  category: 'material',
                  description: told('线材，含损耗', 'Wire, with what is lost'),
                  quantity: kg('1.05'),
                  factor: steel,
                },
              ],
            },
          ],
        },
        { use: 'screws', takes: kg('0.6') },
      ],
    },
  }
}
