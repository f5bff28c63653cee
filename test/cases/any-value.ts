/** Arbitrary values of a schema: whatever members it gains are drawn too, without anyone having to think of it. */

import fc from 'fast-check'
import { z } from 'zod'
import { productCategories } from '../../src/engine/index.ts'
import type { Form } from '../../src/record/forms.ts'

/** A JSON schema as far as bodies use it. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
}

/** What is drawn otherwise than the schema alone says, by dotted path without places in lists. */
export interface Limits {
  readonly leaveOut: readonly string[]
  readonly itemsMax: Readonly<Record<string, number>>
}

/** Texts that a cell may hold: quotes, commas, markup, spaces around, what looks like an error or an escape, Chinese. */
export const text = fc
  .string({ unit: fc.constantFrom(...'ab"\',;<&>_x000D=# 厦门电表é'), minLength: 1, maxLength: 12 })
  .filter((written) => written.trim() !== '')
/** Without what divides the items of a cell. */
const word = text.map((written) => `g${written.replace(/[\s;=]/g, '')}`)
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const decimal = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })
  .map((value) => String(value + 0))

/** Values of a body's schema; `form` tells numbers written as text from texts. */
export function anyValue(body: z.ZodType, form: Form, limits: Limits): fc.Arbitrary<unknown> {
  return drawn(z.toJSONSchema(body) as Schema, form, { path: '', limits })
}

interface Here {
  readonly path: string
  readonly limits: Limits
}

function drawn(schema: Schema, form: Form, here: Here): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => drawn(one, form, here)))
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'object') return members(schema, form, here)
  if (schema.type === 'array') return items(schema, form, here)
  if (schema.type === 'integer') return fc.integer(wholeBetween(schema))
  if (schema.type === 'boolean') return fc.boolean()
  return written(form, here.path)
}

/** A cell of a whole number has at most four digits. */
function wholeBetween({ minimum = 0, maximum = 9999 }: Schema) {
  return { min: Math.max(0, minimum), max: Math.min(9999, maximum) }
}

function written(form: Form, path: string): fc.Arbitrary<string> {
  if (form === 'decimal') return decimal
  if (/(?:^|\.)(?:start|end|date)$/i.test(path)) return day
  if (/(?:^|\.)category$/.test(path)) return fc.constantFrom(...Object.keys(productCategories))
  if (/(?:^|\.)unit$/i.test(path)) return fc.constantFrom('kWh', '万kWh', 't', 'piece', 'kgC/kg')
  return /(?:^|\.)(?:gases|totals|products|what)$/.test(path) ? word : text
}

function members({ properties = {}, required = [] }: Schema, form: Form, here: Here): fc.Arbitrary<unknown> {
  const forms = typeof form === 'object' && 'members' in form ? form.members : {}
  const named = Object.entries(properties).flatMap(([name, schema]) => {
    const path = here.path === '' ? name : `${here.path}.${name}`
    if (here.limits.leaveOut.includes(path)) return []
    return [[name, drawn(schema, forms[name] ?? 'text', { ...here, path })] as const]
  })
  return fc
    .record(Object.fromEntries(named), {
      requiredKeys: required.filter((name) => named.some(([one]) => one === name)),
    })
    .map(withoutEmpty)
}

/** An empty object says nothing, and a table cannot say it. */
function withoutEmpty(value: object): object {
  const isEmpty = (member: unknown) =>
    typeof member === 'object' && member !== null && Object.keys(member).length === 0
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !isEmpty(member)))
}

function items(schema: Schema, form: Form, here: Here): fc.Arbitrary<unknown> {
  const item = drawn(schema.items ?? {}, typeof form === 'object' && 'list' in form ? form.list : form, here)
  const maxLength = Math.min(schema.maxItems ?? 4, here.limits.itemsMax[here.path] ?? 4)
  const minLength = schema.minItems ?? 1
  return fc.uniqueArray(item, {
    minLength,
    maxLength,
    selector: idOf,
    comparator: (a, b) => a !== undefined && a === b,
  })
}

function idOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return undefined
  const { id } = item as { id?: unknown }
  return typeof id === 'string' ? id.normalize('NFC') : undefined
}
