/**
 * Members of the product's sheet that a document says beside the figures: what the product is called, which models and codes it has, and
 * whose it is. They are a footprint's; a file that leaves them empty leaves them as they are.
 */

import type { Bilingual } from '../../web/language.ts'
import type { TableColumn } from '../table-columns.ts'

const ofFootprint: Bilingual = { zh: '不填以碳足迹的为准', en: 'Empty: the footprint’s own' }

/** Names in two columns, where both may be empty. */
function bilingual<Name extends string>(
  name: Name,
  title: { readonly zh: Bilingual; readonly en: Bilingual },
  help: Bilingual,
): Readonly<Record<`${Name}.zh` | `${Name}.en`, TableColumn>> {
  const zh: TableColumn = { title: title.zh, help, kind: 'text', place: `identity.${name}.zh` }
  const inEnglish = { zh: '有中文时也要填', en: 'Needed beside the Chinese one' }
  const en: TableColumn = { title: title.en, help: inEnglish, kind: 'text', place: `identity.${name}.en` }
  return { [`${name}.zh`]: zh, [`${name}.en`]: en } as ReturnType<typeof bilingual<Name>>
}

const names = ({ zh, en }: Bilingual) => ({
  zh: { zh: `${zh}中文名称`, en: `${en} in Chinese` },
  en: { zh: `${zh}英文名称`, en: `${en} in English` },
})
const addresses = ({ zh, en }: Bilingual) => ({
  zh: { zh: `${zh}中文地址`, en: `${en}, address in Chinese` },
  en: { zh: `${zh}英文地址`, en: `${en}, address in English` },
})
const mayBeEmpty: Bilingual = { zh: '可不填', en: 'May be empty' }

const [ofProduct, ofParty, ofManufacturer, ofFactory] = [
  { zh: '产品', en: 'Product' },
  { zh: '责任方', en: 'Responsible party' },
  { zh: '制造商', en: 'Manufacturer' },
  { zh: '生产厂', en: 'Factory' },
] as const

export const identityMembers = {
  ...bilingual('product.name', names(ofProduct), ofFootprint),
  'product.model': {
    title: { zh: '型号', en: 'Model' },
    help: ofFootprint,
    kind: 'text',
    place: 'identity.product.model',
  },
  'product.models': {
    title: { zh: '覆盖的型号', en: 'Models covered' },
    help: {
      zh: '一份文件覆盖多个型号时填写，用分号分开',
      en: 'Where one document covers several: apart by semicolons',
    },
    kind: 'ids',
    place: 'identity.product.models',
  },
  'product.specification': {
    title: { zh: '规格', en: 'Specification' },
    help: ofFootprint,
    kind: 'text',
    place: 'identity.product.specification',
  },
  'product.trademark': {
    title: { zh: '商标', en: 'Trademark' },
    help: ofFootprint,
    kind: 'text',
    place: 'identity.product.trademark',
  },
  'product.codes': {
    title: { zh: '产品编码', en: 'Product codes' },
    help: {
      zh: '体系加编码，用分号分开，如 HS 841459; CN 84145925；体系为 GTIN（含校验位）、HS、CN、CPC',
      en: 'System and code, apart by semicolons: HS 841459; CN 84145925. GTIN with its check digit, HS, CN or CPC',
    },
    kind: 'codes',
    place: 'identity.product.codes',
  },
  ...bilingual('responsibleParty.name', names(ofParty), {
    zh: '对碳足迹声明负责的一方（委托方）；不填以碳足迹的为准',
    en: 'Who answers for the claim, mostly the client. Empty: the footprint’s own',
  }),
  ...bilingual('responsibleParty.address', addresses(ofParty), mayBeEmpty),
  ...bilingual('manufacturer.name', names(ofManufacturer), ofFootprint),
  ...bilingual('manufacturer.address', addresses(ofManufacturer), mayBeEmpty),
  ...bilingual('factory.name', names(ofFactory), ofFootprint),
  ...bilingual('factory.address', addresses(ofFactory), mayBeEmpty),
} as const satisfies Record<string, TableColumn>
