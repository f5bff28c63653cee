/** The one form of what a product's calculation says of its method. */

import type {
  CapitalGoods,
  EmptyStage,
  Excluded,
  FunctionalUnit,
  MethodDetail,
  ProductCategoryRules,
  RulesBinding,
} from '../engine/types.ts'
import { endOfLife } from './end-of-life-form.ts'
import { type Form, type FormsOf, names, period, quantity } from './forms.ts'
import { contractualInstruments } from './instrument-form.ts'

const functionalUnit: Form = {
  members: {
    description: names,
    quantity,
    serviceLife: quantity,
    referenceFlow: quantity,
  } satisfies FormsOf<FunctionalUnit>,
}

const emptyStage: Form = {
  members: { stage: 'text', reason: 'text' } satisfies FormsOf<EmptyStage>,
}

const capitalGoods: Form = {
  members: { choice: 'text', reason: 'text' } satisfies FormsOf<CapitalGoods>,
}

const excluded: Form = {
  members: {
    what: 'text',
    stage: 'text',
    reason: 'text',
    estimatedShare: 'text',
  } satisfies FormsOf<Excluded>,
}

const binds: Form = {
  members: {
    unit: 'text',
    boundary: 'text',
    allocation: { list: 'text' },
    endOfLife: 'text',
    capitalGoods: 'text',
    cutOffSingle: 'text',
    cutOffTotal: 'text',
  } satisfies FormsOf<RulesBinding>,
}

const productCategoryRules: Form = {
  members: {
    id: 'text',
    edition: 'text',
    operator: 'text',
    title: names,
    validity: period,
    binds,
  } satisfies FormsOf<ProductCategoryRules>,
}

export const method = {
  boundary: 'text',
  declaredUnit: quantity,
  functionalUnit,
  emptyStages: { list: emptyStage },
  endOfLife,
  capitalGoods,
  exclusions: { list: excluded },
  productCategoryRules,
  contractualInstruments,
} satisfies FormsOf<MethodDetail>
