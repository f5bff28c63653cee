/** The one form of what a product's calculation says of its method. */

import type { EmptyStage, FunctionalUnit, MethodDetail } from '../engine/types.ts'
import { endOfLife } from './end-of-life-form.ts'
import { type Form, type FormsOf, names, quantity } from './forms.ts'

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

export const method = {
  boundary: 'text',
  declaredUnit: quantity,
  functionalUnit,
  emptyStages: { list: emptyStage },
  endOfLife,
} satisfies FormsOf<MethodDetail>
