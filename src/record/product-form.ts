/** The one form of a product system's input. */

import type { Process, ProductInput } from '../engine/types.ts'
import { calculation } from './calculation-form.ts'
import { type Form, type FormsOf, names, quantity } from './forms.ts'

const process: Form = {
  members: { id: 'text', name: names, stage: 'text', output: quantity } satisfies FormsOf<Process>,
}

export const product = {
  ...calculation,
  boundary: 'text',
  declaredUnit: quantity,
  referenceProcess: 'text',
  processes: { list: process },
} satisfies FormsOf<ProductInput>
