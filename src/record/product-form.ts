/** The one form of a product system's input. */

import type {
  CarbonContent,
  Parameter,
  ParameterUncertainty,
  Process,
  ProductInput,
} from '../engine/types.ts'
import { allocation, coProduct, facts, plant } from './allocation-form.ts'
import { calculation } from './calculation-form.ts'
import { type Form, type FormsOf, names, period, quantity } from './forms.ts'
import { method } from './method-form.ts'
import { madeAt, siteData } from './site-form.ts'

const process: Form = {
  members: {
    ...{ id: 'text', name: names, stage: 'text', output: quantity },
    site: madeAt,
    ...facts,
    product: 'text',
    coProducts: { list: coProduct },
    allocation,
    region: 'text',
    period,
    meanOf: { list: plant },
  } satisfies FormsOf<Process>,
}

const parameter: Form = {
  members: {
    id: 'text',
    name: names,
    value: 'decimal',
    unit: 'text',
    formula: 'text',
    uncertainty: {
      members: {
        distribution: 'text',
        percent: 'decimal',
        low: 'decimal',
        high: 'decimal',
      } satisfies FormsOf<ParameterUncertainty>,
    },
  } satisfies FormsOf<Parameter>,
}

const carbonContent: Form = {
  members: {
    fossil: quantity,
    biogenic: quantity,
    recycled: quantity,
    packagingBiogenic: quantity,
    productMass: quantity,
  } satisfies FormsOf<CarbonContent>,
}

export const product = {
  ...calculation,
  ...method,
  referenceProcess: 'text',
  referenceProduct: 'text',
  processes: { list: process },
  parameters: { list: parameter },
  carbonContent,
  siteData: { list: siteData },
} satisfies FormsOf<ProductInput>
