/**
 * One form for every calculation input, so that the same data give the same bytes whether they came as CSV or JSON, with
 * `1.0` or `1`, with `é` in one character or two. The calculation and the record both read this form.
 */

import { formatDecimal, parseDecimal } from '../engine/decimal.ts'
import type {
  ActivityLine,
  CalculationInput,
  Companion,
  EmissionFactor,
  FactorChoice,
  FuelChoice,
  InventoryInput,
  Process,
  ProductInput,
} from '../engine/types.ts'
import { pointerOf } from '../json/pointer.ts'
import { isProblem, Problem } from '../problem.ts'

type Path = readonly (string | number)[]

/** How a value is brought into its one form. */
type Form =
  | 'text'
  | 'decimal'
  | 'number'
  | 'boolean'
  | { readonly list: Form }
  | { readonly members: Readonly<Record<string, Form>> }

/** Every member of a type must have its form: one that the engine gains and this table lacks does not compile. */
type FormsOf<Type> = { readonly [Member in keyof Type]-?: Form }

const quantity: Form = { members: { amount: 'decimal', unit: 'text' } }
const period: Form = { members: { start: 'text', end: 'text' } }
const names: Form = { members: { en: 'text', zh: 'text' } }

const choice = {
  table: 'text',
  version: 'text',
  id: 'text',
  family: 'text',
  factorCategory: 'text',
  region: 'text',
  year: 'number',
} satisfies FormsOf<FactorChoice>

const companion: Form = { members: { ...choice, gases: { list: 'text' } } satisfies FormsOf<Companion> }

const fuelChoice: Form = {
  members: {
    table: 'text',
    version: 'text',
    id: 'text',
    netCalorificValue: quantity,
    carbonContent: quantity,
    oxidation: 'decimal',
  } satisfies FormsOf<FuelChoice>,
}

const activityLine: Form = {
  members: {
    id: 'text',
    category: 'text',
    description: 'text',
    facility: 'text',
    period,
    quantity,
    distance: quantity,
    density: quantity,
    enthalpy: quantity,
    netCalorificValue: quantity,
    sulphurPercent: 'decimal',
    factor: { members: choice },
    fuel: fuelChoice,
    gas: 'text',
    beside: { list: companion },
    process: 'text',
    from: 'text',
  } satisfies FormsOf<ActivityLine>,
}

const process: Form = {
  members: { id: 'text', name: names, stage: 'text', output: quantity } satisfies FormsOf<Process>,
}

const emissionFactor: Form = {
  members: {
    id: 'text',
    name: names,
    category: 'text',
    family: 'text',
    region: 'text',
    year: 'number',
    unit: 'text',
    flows: { list: { members: { kind: 'text', gas: 'text', kg: 'decimal' } } },
    gwpBasis: 'text',
    statedCo2eKg: 'decimal',
    gasesNotCovered: { list: 'text' },
    includesTransmission: 'boolean',
    fossilFugitiveMethane: 'boolean',
    confirmation: 'text',
    source: { members: { id: 'text', locator: 'text' } },
    notes: 'text',
  } satisfies FormsOf<EmissionFactor>,
}

const inventory = {
  kind: 'text',
  period,
  region: 'text',
  gwpSet: { members: { id: 'text', version: 'text' } },
  factorTables: { list: { members: { table: 'text', version: 'text' } } },
  ownFactors: { list: emissionFactor },
  lines: { list: activityLine },
} satisfies FormsOf<InventoryInput>

const product = {
  ...inventory,
  boundary: 'text',
  declaredUnit: quantity,
  referenceProcess: 'text',
  processes: { list: process },
} satisfies FormsOf<ProductInput>

/**
 * The one form of a calculation input: amounts as the shortest decimal of their double, texts in Unicode NFC, absent
 * members left out, order of lines as given.
 *
 * @throws Problem `invalid-number` for an amount that is no decimal, `invalid-request` for a member the engine does not
 * know; both with their pointer.
 */
export function canonicalInput(input: CalculationInput): CalculationInput {
  const members: Readonly<Record<string, Form>> = input.kind === 'product' ? product : inventory
  return inForm(input, { members }, []) as CalculationInput
}

/** The one form of one line of activity data, as {@link canonicalInput} has it; `path` is where it stands. */
export function canonicalLine(line: ActivityLine, path: Path = []): ActivityLine {
  return inForm(line, activityLine, path) as ActivityLine
}

function inForm(value: unknown, form: Form, path: Path): unknown {
  if (value === null) return null
  if (form === 'decimal') return shortestDecimal(value, path)
  if (form === 'text') return (value as string).normalize('NFC')
  if (typeof form === 'string') return value
  if ('list' in form)
    return (value as readonly unknown[]).map((item, at) => inForm(item, form.list, [...path, at]))
  return membersInForm(value as object, form.members, path)
}

function membersInForm(value: object, forms: Readonly<Record<string, Form>>, path: Path): object {
  const members: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined
    if (form === undefined) throw unknownMember(name, [...path, name])
    if (member !== undefined) members[name] = inForm(member, form, [...path, name])
  }
  return members
}

/** The shortest decimal that reads back as the same double; `-0` becomes `0`. */
function shortestDecimal(value: unknown, path: Path): string {
  try {
    return formatDecimal(parseDecimal(value as string))
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with({ pointer: pointerOf(path) }) : thrown
  }
}

function unknownMember(name: string, path: Path): Problem {
  const pointer = pointerOf(path)
  return new Problem('invalid-request', `${pointer} is not a known member; remove it or correct its name.`, {
    pointer,
    member: name,
  })
}
