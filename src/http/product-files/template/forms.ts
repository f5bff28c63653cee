/** The two templates of a product: by processes and their inputs, or by a bill of materials. */

import type { BillOfMaterials, ProductInput } from '../../../engine/types.ts'
import type { Bilingual } from '../../../web/language.ts'
import { billOfMaterials } from '../bill-columns.ts'
import { type ProductMember, productMembers } from '../product-columns.ts'
import { besideBill, factorTables, systemTables } from '../tables.ts'
import type { SystemTable } from '../types.ts'
import { exampleSystem } from './example.ts'
import { exampleBill } from './example-bill.ts'
import { billRules, rules } from './rules.ts'
import type { TemplateLanguage } from './words.ts'

export const templateForms = ['product-system', 'bill-of-materials'] as const
export type TemplateForm = (typeof templateForms)[number]

/** What a template holds. */
export interface FormContent {
  readonly title: Bilingual
  readonly fileNames: Bilingual
  /** The sheets beside that of the product, in their order. */
  readonly tables: readonly SystemTable[]
  readonly members: readonly ProductMember[]
  readonly rules: readonly Bilingual[]
  readonly exampleTitle: Bilingual
  /** Of the columns of the sheet that shows it. */
  readonly exampleWidths: readonly number[]
  example(language: TemplateLanguage): ProductInput | BillOfMaterials
}

export const contents: Readonly<Record<TemplateForm, FormContent>> = {
  'product-system': {
    title: { zh: '产品碳足迹：产品系统', en: 'Product footprint: the product system' },
    fileNames: { zh: '产品系统模板.xlsx', en: 'product-system-template.xlsx' },
    tables: systemTables,
    members: productMembers.names,
    rules,
    exampleTitle: { zh: '示例：一台工业风机（数据虚构）', en: 'Example: an industrial fan (made up)' },
    exampleWidths: [22, 28, 24, 40, 16, 12, 18, 22, 26, 16, 14, 14],
    example: exampleSystem,
  },
  'bill-of-materials': {
    title: { zh: '产品碳足迹：物料清单', en: 'Product footprint: the bill of materials' },
    fileNames: { zh: '物料清单模板.xlsx', en: 'bill-of-materials-template.xlsx' },
    tables: [factorTables, billOfMaterials, ...besideBill.filter((table) => table !== factorTables)],
    // The product is the first row of the bill.
    members: productMembers.names.filter((name) => !name.startsWith('reference')),
    rules: billRules,
    exampleTitle: {
      zh: '示例：一台工业风机的物料清单（数据虚构）',
      en: 'Example: the bill of materials of an industrial fan (made up)',
    },
    exampleWidths: [26, 18, 24, 12, 14, 18, 18, 24, 22, 14, 14, 12, 24, 28, 34, 14, 14],
    example: exampleBill,
  },
}
