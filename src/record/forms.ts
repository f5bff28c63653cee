/** How each kind of value is brought into its one form, and the forms that several nouns share. */

import type { FactorChoice } from '../engine/types.ts'

/** How a value is brought into its one form. */
export type Form =
  | 'text'
  | 'decimal'
  | 'number'
  | 'boolean'
  | { readonly list: Form }
  | { readonly members: Readonly<Record<string, Form>> }

/** Every member of a type must have its form: one that the engine gains and this table lacks does not compile. */
export type FormsOf<Type> = { readonly [Member in keyof Type]-?: Form }

export const quantity: Form = { members: { amount: 'decimal', unit: 'text' } }
export const period: Form = { members: { start: 'text', end: 'text' } }
export const names: Form = { members: { en: 'text', zh: 'text' } }

export const choice = {
  table: 'text',
  version: 'text',
  id: 'text',
  family: 'text',
  factorCategory: 'text',
  region: 'text',
  year: 'number',
} satisfies FormsOf<FactorChoice>
