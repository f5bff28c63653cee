/** What each family of factors is, in a sentence a buyer understands, and the mistake it is most often part of. */

import type { Family } from '../../engine/types.ts'
import type { Bilingual } from '../language.ts'

export interface FamilyWords {
  readonly name: Bilingual
  readonly meaning: Bilingual
  /** What it must not be used for, or what has to be added; null where the name leaves no doubt. */
  readonly caution: Bilingual | null
}

export const familyWords: Readonly<Record<Family, FamilyWords>> = {
  combustion: {
    name: { zh: '燃烧', en: 'Combustion' },
    meaning: {
      zh: '燃料燃烧时从烟囱或排气管排出的气体。',
      en: 'What leaves the chimney or the exhaust when a fuel burns.',
    },
    caution: {
      zh: '不含燃料的开采、加工和运输：那是“上游”因子，须另计。',
      en: 'Holds nothing of producing and bringing the fuel: that is an upstream factor of its own.',
    },
  },
  process: {
    name: { zh: '工业过程', en: 'Process' },
    meaning: {
      zh: '原料发生化学变化时释放的气体，例如石灰石煅烧；不是燃料燃烧。',
      en: 'What a material gives off when it is changed chemically, such as limestone in a kiln; not from burning fuel.',
    },
    caution: null,
  },
  fugitive: {
    name: { zh: '逸散', en: 'Fugitive' },
    meaning: {
      zh: '从设备或处理过程中泄漏的气体，例如制冷剂、甲烷。',
      en: 'What escapes from equipment or treatment: refrigerants, methane.',
    },
    caution: null,
  },
  'electricity-generation': {
    name: { zh: '电力排放因子（发电）', en: 'Electricity, generation' },
    meaning: {
      zh: '发电时直接排放的气体（电力二氧化碳排放因子），用于组织范围二。',
      en: 'What power stations emit while generating (电力二氧化碳排放因子): for scope 2 of an organization.',
    },
    caution: {
      zh: '不可用于产品碳足迹：产品用电力碳足迹因子。',
      en: 'Not for a product footprint, which takes a life-cycle factor.',
    },
  },
  'electricity-life-cycle': {
    name: { zh: '电力碳足迹因子', en: 'Electricity, life cycle' },
    meaning: {
      zh: '电力全生命周期的排放：燃料供应、电厂建设、发电，用于产品碳足迹。',
      en: 'Electricity over its life cycle, fuel supply and plant included (电力碳足迹因子): for product footprints.',
    },
    caution: {
      zh: '不可用于组织范围二：范围二用发电排放因子。',
      en: 'Not for scope 2, which takes a generation factor.',
    },
  },
  'electricity-carbon-market': {
    name: { zh: '全国碳市场电力因子', en: 'Electricity, carbon market' },
    meaning: {
      zh: '只为全国碳市场的履约报告而定。',
      en: 'Set for reports to China’s national carbon market, and for nothing else.',
    },
    caution: {
      zh: '本系统的任何碳足迹都不接受它。',
      en: 'No footprint here accepts it.',
    },
  },
  'electricity-marginal': {
    name: { zh: '边际电力因子', en: 'Electricity, marginal' },
    meaning: {
      zh: '多用或少用一度电引起的变化，用于估算减排项目。',
      en: 'What one kWh more or less changes: for the effect of a project.',
    },
    caution: {
      zh: '不是清单因子，不可用于组织或产品碳足迹。',
      en: 'Not an inventory factor: no footprint takes it.',
    },
  },
  'transmission-and-distribution': {
    name: { zh: '输配', en: 'Transmission and distribution' },
    meaning: {
      zh: '电力或热力在输送途中的损耗。',
      en: 'What is lost on the way through the grid or the heat network.',
    },
    caution: {
      zh: '若电力因子已含输配，再加就是重复计算。',
      en: 'Added to a factor that holds transmission already, it counts twice.',
    },
  },
  heat: {
    name: { zh: '热力', en: 'Heat' },
    meaning: { zh: '外购蒸汽和热水的生产排放。', en: 'Making the steam and hot water one buys.' },
    caution: null,
  },
  upstream: {
    name: { zh: '上游', en: 'Upstream' },
    meaning: {
      zh: '燃料到达使用者之前的排放：开采、加工、运输（Well-to-tank）。',
      en: 'A fuel until it reaches its user: extraction, refining, transport (well to tank).',
    },
    caution: {
      zh: '不含燃烧本身。',
      en: 'Holds nothing of burning it.',
    },
  },
  'cradle-to-gate': {
    name: { zh: '从摇篮到大门', en: 'Cradle to gate' },
    meaning: {
      zh: '材料、产品或服务到出厂（或到餐桌，见名称）为止的全部排放。',
      en: 'A material, product or service until it leaves the gate of its maker (or reaches the plate, where the name says so).',
    },
    caution: {
      zh: '不含之后的运输、使用和废弃。',
      en: 'Holds nothing of what comes after: transport, use, disposal.',
    },
  },
  transport: {
    name: { zh: '货物运输', en: 'Transport' },
    meaning: { zh: '运输货物或管理的车辆在行驶中的排放。', en: 'Moving goods, and vehicles one manages.' },
    caution: {
      zh: '多数只含行驶；燃料上游须另计。',
      en: 'Most hold driving alone; the fuel’s upstream part stands apart.',
    },
  },
  'waste-collection': {
    name: { zh: '废物收运', en: 'Waste collection' },
    meaning: {
      zh: '废物收集并运到处理厂。',
      en: 'Collecting waste and bringing it to the plant.',
    },
    caution: {
      zh: '不含处理本身，不可当作产品的生命末期。',
      en: 'Holds nothing of the treatment: never the end of life of a product.',
    },
  },
  'end-of-life': {
    name: { zh: '生命末期', en: 'End of life' },
    meaning: { zh: '废物的处理和处置。', en: 'Treating and disposing of what became waste.' },
    caution: null,
  },
  water: {
    name: { zh: '供水和排水', en: 'Water' },
    meaning: { zh: '供应自来水，处理污水。', en: 'Supplying water, and treating it afterwards.' },
    caution: null,
  },
  travel: {
    name: { zh: '出行', en: 'Travel' },
    meaning: { zh: '人员差旅和通勤，含住宿。', en: 'People travelling for work, hotels included.' },
    caution: {
      zh: '燃料上游须另计。',
      en: 'The fuel’s upstream part stands apart.',
    },
  },
  homeworking: {
    name: { zh: '居家办公', en: 'Homeworking' },
    meaning: { zh: '员工在家办公的用能。', en: 'Energy that staff use while working at home.' },
    caution: null,
  },
  'cradle-to-consumer': {
    name: { zh: '从摇篮到消费者', en: 'Cradle to consumer' },
    meaning: {
      zh: '产品到消费者手中为止，含配送、零售、冷藏和烹调。',
      en: 'A product until it is used up at the consumer’s: distribution, retail, cooling and cooking included.',
    },
    caution: {
      zh: '配送和使用阶段已在其中，产品碳足迹再计就是重复。',
      en: 'Distribution and use are in it already: in a product footprint they would count twice.',
    },
  },
  'cradle-to-grave': {
    name: { zh: '从摇篮到坟墓', en: 'Cradle to grave' },
    meaning: {
      zh: '产品的整个生命周期，含使用和废弃。',
      en: 'The whole life of a product, use and end of life included.',
    },
    caution: {
      zh: '使用和废弃已在其中，不可当作一个阶段来用。',
      en: 'Use and end of life are in it already: never the factor of one stage.',
    },
  },
  'gate-to-gate': {
    name: { zh: '从大门到大门', en: 'Gate to gate' },
    meaning: {
      zh: '生产中的一个工序，不含投入的材料。',
      en: 'One step of production, without what went into it.',
    },
    caution: {
      zh: '不含上游材料，不可当作产品的全部排放。',
      en: 'Holds nothing of the materials: never all of a product.',
    },
  },
  'spend-based': {
    name: { zh: '按金额', en: 'Spend-based' },
    meaning: {
      zh: '按整个行业的平均，把花费的金额折成排放。',
      en: 'Weighs money spent by the average of a whole sector.',
    },
    caution: {
      zh: '只用于组织范围三，须注意货币年份和价格口径；有实物量时用实物因子。',
      en: 'For scope 3 of an organization only; mind the year and kind of price. Where an amount is known, use a factor per amount.',
    },
  },
}
