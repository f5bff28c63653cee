/**
 * One form for every calculation input, so that the same data give the same bytes whether they came as CSV or JSON, with
 * `1.0` or `1`, with `é` in one character or two. The calculation and the record both read this form.
 */

import { formatDecimal, parseDecimal } from '../engine/decimal.ts'
import type {
  ActivityLine,
  CalculationInput,
  CertificateRange,
  Companion,
  Consolidation,
  ContractualInstrument,
  DataQuality,
  EmissionFactor,
  EntityHolding,
  Estimate,
  Facility,
  FactorChoice,
  FuelChoice,
  GasBalance,
  GasLeakage,
  Holding,
  IntensityBase,
  InventoryInput,
  LegalEntity,
  LineUncertainty,
  MarketBased,
  Meter,
  MeterReadings,
  Process,
  ProductInput,
  ProductUse,
  Reading,
  SectorGuideline,
  SpendDetail,
  StockChange,
  TransportDetail,
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

const reading: Form = { members: { date: 'text', value: 'decimal' } satisfies FormsOf<Reading> }
const oneMeter: Form = {
  members: {
    serial: 'text',
    multiplier: 'decimal',
    digits: 'number',
    readings: { list: reading },
  } satisfies FormsOf<Meter>,
}
const meter: Form = { members: { unit: 'text', meters: { list: oneMeter } } satisfies FormsOf<MeterReadings> }

const stock: Form = {
  members: {
    unit: 'text',
    opening: 'decimal',
    received: 'decimal',
    passedOn: 'decimal',
    closing: 'decimal',
  } satisfies FormsOf<StockChange>,
}

const gasBalance: Form = {
  members: {
    unit: 'text',
    opening: 'decimal',
    purchased: 'decimal',
    returned: 'decimal',
    closing: 'decimal',
    newCharge: 'decimal',
  } satisfies FormsOf<GasBalance>,
}

const leakage: Form = {
  members: {
    unit: 'text',
    charge: 'decimal',
    annualRate: 'decimal',
    toppedUp: 'decimal',
    days: 'decimal',
  } satisfies FormsOf<GasLeakage>,
}

const estimate: Form = {
  members: { method: 'text', basis: 'text', approvedBy: 'text' } satisfies FormsOf<Estimate>,
}

const transport: Form = {
  members: {
    payload: quantity,
    loadFactor: 'decimal',
    emptyReturn: 'decimal',
    distanceBasis: 'text',
    distanceAdjustment: 'decimal',
  } satisfies FormsOf<TransportDetail>,
}

const spend: Form = {
  members: {
    year: 'number',
    priceIndex: 'decimal',
    exchangeRate: 'decimal',
    source: 'text',
  } satisfies FormsOf<SpendDetail>,
}

const use: Form = { members: { consumption: quantity, times: 'decimal' } satisfies FormsOf<ProductUse> }

const dataQuality: Form = {
  members: {
    reliability: 'number',
    completeness: 'number',
    temporal: 'number',
    geographical: 'number',
    technological: 'number',
  } satisfies FormsOf<DataQuality>,
}

const uncertainty: Form = {
  members: { activityPercent: 'decimal', factorPercent: 'decimal' } satisfies FormsOf<LineUncertainty>,
}

const activityLine: Form = {
  members: {
    id: 'text',
    category: 'text',
    activityKind: 'text',
    description: 'text',
    facility: 'text',
    period,
    quantity,
    meter,
    stock,
    gasBalance,
    leakage,
    apportion: 'text',
    estimate,
    attribution: 'decimal',
    partOf: 'text',
    distance: quantity,
    transport,
    spend,
    use,
    coefficientOfPerformance: 'decimal',
    density: quantity,
    enthalpy: quantity,
    netCalorificValue: quantity,
    sulphurPercent: 'decimal',
    factor: { members: choice },
    fuel: fuelChoice,
    gas: 'text',
    beside: { list: companion },
    zone: 'text',
    interval: 'text',
    attributes: 'text',
    investee: 'text',
    dataQuality,
    uncertainty,
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

const holding = {
  from: 'text',
  to: 'text',
  equityShare: 'decimal',
  financialControl: 'text',
  operationalControl: 'boolean',
} satisfies FormsOf<Holding>
const entityHolding: Form = { members: { ...holding, by: 'text' } satisfies FormsOf<EntityHolding> }

const entity: Form = {
  members: {
    id: 'text',
    name: names,
    holdings: { list: entityHolding },
  } satisfies FormsOf<LegalEntity>,
}

const facility: Form = {
  members: {
    id: 'text',
    name: names,
    entity: 'text',
    holdings: { list: { members: holding } },
  } satisfies FormsOf<Facility>,
}

const consolidation: Form = {
  members: {
    approach: 'text',
    changeOption: 'text',
    entities: { list: entity },
    facilities: { list: facility },
  } satisfies FormsOf<Consolidation>,
}

const certificateRange: Form = {
  members: { from: 'text', to: 'text', certificates: 'number' } satisfies FormsOf<CertificateRange>,
}

const instrument: Form = {
  members: {
    id: 'text',
    kind: 'text',
    quantity,
    factor: { members: choice },
    generated: period,
    market: 'text',
    exclusive: 'boolean',
    consumption: { members: { consumer: 'text', period, retiredOn: 'text' } },
    certificates: { list: certificateRange },
    facilities: { list: 'text' },
  } satisfies FormsOf<ContractualInstrument>,
}

const marketBased: Form = {
  members: {
    instruments: { list: instrument },
    ageMonthsMax: 'number',
    residual: { members: choice },
  } satisfies FormsOf<MarketBased>,
}

const intensityBase: Form = {
  members: { kind: 'text', name: names, quantity } satisfies FormsOf<IntensityBase>,
}

const sectorGuideline: Form = {
  members: { id: 'text', fuelDefaults: 'text' } satisfies FormsOf<SectorGuideline>,
}

const calculation = {
  kind: 'text',
  period,
  region: 'text',
  gwpSet: { members: { id: 'text', version: 'text' } },
  factorTables: { list: { members: { table: 'text', version: 'text' } } },
  ownFactors: { list: emissionFactor },
  lines: { list: activityLine },
} as const

const inventory = {
  ...calculation,
  consolidation,
  marketBased,
  sectorGuideline,
  intensityBases: { list: intensityBase },
} satisfies FormsOf<InventoryInput>

const product = {
  ...calculation,
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
