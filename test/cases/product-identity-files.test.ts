/** What a file says of a product beside its calculation: names, models, codes and parties, in cells of the product's sheet. */

import { describe, expect, test } from 'vitest'
import { canonicalIdentity, type StatedIdentity } from '../../src/actions/footprints/stated-identity.ts'
import type { ProductInput } from '../../src/engine/types.ts'
import { ProductOrBillFile, SystemOrBillFile } from '../../src/http/bill-of-materials.ts'
import { readSystem } from '../../src/http/product-files/read-system.ts'
import { exampleSystem } from '../../src/http/product-files/template/example.ts'
import { templateLanguages } from '../../src/http/product-files/template/words.ts'
import { systemWorkbook } from '../../src/http/product-files/template/workbook.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { isProblem } from '../../src/problem.ts'
import { madeWorkbook } from '../http/made-workbook.ts'

const input: ProductInput = exampleSystem('en')
const identity: StatedIdentity = {
  product: {
    name: { zh: '风机', en: 'Fan' },
    model: 'AF-48',
    specification: '48 kg, 230 V',
    trademark: 'Egret & Co <"鹭">',
    models: ['AF-48', 'AF 52/2'],
    codes: [
      { system: 'HS', code: '841459' },
      // 6 + 0 + 2 + 4 + 6 + 8 + 3 × (9 + 1 + 3 + 5 + 7 + 9) = 128, so that the last digit is 2 (GS1 General Specifications, 7.9).
      { system: 'GTIN', code: '6901234567892' },
      { system: 'CPC', code: '43931' },
    ],
  },
  responsibleParty: { name: { zh: null, en: 'Egret' }, address: null },
  manufacturer: { name: { zh: '鹭江风机', en: 'Lujiang Fans' }, address: { zh: '厦门', en: 'Xiamen' } },
  factory: { name: { zh: null, en: 'Works 2' }, address: { zh: null, en: 'Tong’an' } },
}

const read = (bytes: Uint8Array) => readSystem(workbookTables(bytes).tables, ProductOrBillFile)

test.each(templateLanguages)('in the workbook in %s reads back as it was', async (language) => {
  const { system } = read(await systemWorkbook(language, input, identity))
  expect(system.identity).toEqual(identity)
})

test('is no part of the calculation, and absent where nothing is said', async () => {
  const { system } = read(await systemWorkbook('zh', input))
  expect(system.identity).toBeUndefined()
})

describe('is refused in its cell', () => {
  const rows = [
    ['项目', '内容'],
    ['系统边界', '从摇篮到大门'],
    ['声明单位数量', 1],
    ['声明单位', 'piece'],
    ['基准过程', 'fan'],
  ]
  const sheets = (member: string, value: string) => [
    { name: '产品', rows: [...rows, [member, value]] },
    {
      name: '单元过程',
      rows: [
        ['编号', '英文名称', '生命周期阶段', '产出数量', '产出单位'],
        ['fan', 'Fan', '生产', 1, 'piece'],
      ],
    },
  ]
  function refused(member: string, value: string) {
    const act = () => {
      const { tables } = workbookTables(madeWorkbook({ sheets: sheets(member, value) }))
      const sent = readSystem(tables, SystemOrBillFile)
      const { system } = sent
      try {
        canonicalIdentity(system.identity ?? {})
      } catch (thrown) {
        if (!isProblem(thrown)) throw thrown
        throw thrown.with({ ...sent.place(String(thrown.facts.pointer)) })
      }
    }
    try {
      act()
    } catch (thrown) {
      if (isProblem(thrown)) return [thrown.code, thrown.facts.pointer, thrown.facts.cell]
      throw thrown
    }
    return ['accepted']
  }

  test.each<[string, string, string, string]>([
    ['产品编码', '841459', 'invalid-request', '/identity/product/codes'],
    ['产品编码', 'EAN 6901234567892', 'invalid-request', '/identity/product/codes/0/system'],
    ['产品编码', 'HS 841459; GTIN 6901234567893', 'identifier-invalid', '/identity/product/codes/1/code'],
    ['覆盖的型号', 'AF-48;;AF-52', 'invalid-request', '/identity/product/models'],
    ['制造商中文名称', '鹭江风机', 'invalid-request', '/identity/manufacturer/name/en'],
  ])('%s: %s', (member, value, code, pointer) => {
    expect(refused(member, value).slice(0, 2)).toEqual([code, pointer])
    expect(refused(member, value)[2]).toBe('B6')
  })
})
