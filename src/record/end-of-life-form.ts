/** The one form of a product's end of life. */

import type { CircularMaterial, EndOfLife } from '../engine/types.ts'
import { type Form, type FormsOf, names, quantity } from './forms.ts'

const material: Form = {
  members: {
    id: 'text',
    name: names,
    A: 'decimal',
    B: 'decimal',
    R1: 'decimal',
    R2: 'decimal',
    R3: 'decimal',
    QsinQp: 'decimal',
    QsoutQp: 'decimal',
    LHV: quantity,
    XERheat: 'decimal',
    XERelec: 'decimal',
  } satisfies FormsOf<CircularMaterial>,
}

export const endOfLife: Form = {
  members: { method: 'text', materials: { list: material } } satisfies FormsOf<EndOfLife>,
}
