/** A calculation on the wire: the engine's input with every text bounded and no unknown member let through. */

import { z } from '@hono/zod-openapi'
import { distanceBases } from '../engine/amounts/types.ts'
import { mostCompanions } from '../engine/companions.ts'
import {
  changeOptions,
  consolidationApproaches,
  distributions,
  financialControls,
} from '../engine/inventory/types.ts'
import { dataOrigins, flowOrigins, landUseChangeKinds, releaseKinds } from '../engine/product/carbon-types.ts'
import {
  type ActivityLine,
  confirmations,
  families,
  flowKinds,
  gwpBases,
  meterIntervals,
} from '../engine/types.ts'
import { Problem } from '../problem.ts'
import { tableNameMax } from '../tables/names.ts'
import { materialLine } from './end-of-life.ts'
import { ageMonthsMax, instrument, instrumentsMax } from './instruments.ts'
import { Estimate, MeterReadings, StockChange } from './measured.ts'
import { StatedIdentityBody } from './product-identity.ts'
import { ParameterUse, productSystem } from './product-system.ts'
import { choice, DateText, Decimal, FactorChoice, Period, Quantity, Year } from './quantities.ts'
import { line, Names } from './schemas.ts'
import { FromSite } from './site-data.ts'

/** Lines one calculation may have in this edition; a longer file is refused, never cut. */
export const linesMax = 100_000

/** Factor-table versions one calculation may pin. */
export const pinsMax = 50

/** Bytes of a body that carries activity data. */
export const activityDataBytesMax = 48 * 1024 * 1024

/** Gases taken of one factor beside another; no factor states more. */
export const gasesMax = 50

const Companion = z
  .strictObject({
    ...choice,
    gases: z
      .array(line(80))
      .min(1)
      .max(gasesMax)
      .readonly()
      .describe('What is taken of this factor, named as it names them: CH4, N2O, NOx'),
  })
  .openapi('Companion')

const FuelChoice = z
  .strictObject({
    table: line(tableNameMax).optional(),
    version: line(40).optional(),
    id: line(200).optional(),
    netCalorificValue: Quantity.optional(),
    carbonContent: Quantity.optional(),
    oxidation: Decimal.optional(),
  })
  .openapi('FuelChoice')

const GasBalance = z
  .strictObject({
    unit: line(40),
    opening: Decimal.describe('In cylinders, not in equipment'),
    purchased: Decimal,
    returned: Decimal,
    closing: Decimal,
    newCharge: Decimal.describe('Charge of equipment put into use less that of equipment taken out'),
  })
  .openapi('GasBalance')

const GasLeakage = z
  .strictObject({
    unit: line(40),
    charge: Decimal.describe('Full charge of the equipment'),
    annualRate: Decimal.optional().describe('Share lost in a year, e.g. 0.05'),
    toppedUp: Decimal.optional(),
    days: Decimal.optional().describe('Days between full and topped up'),
  })
  .openapi('GasLeakage')

const TransportDetail = z
  .strictObject({
    payload: Quantity.optional(),
    loadFactor: Decimal.optional().describe('Share of the payload used, over 0 to 1'),
    emptyReturn: Decimal.optional().describe('Empty running as a share of the loaded distance'),
    distanceBasis: z.enum(distanceBases).optional(),
    distanceAdjustment: Decimal.optional(),
  })
  .openapi('TransportDetail')

const SpendDetail = z
  .strictObject({
    year: Year.describe('The year whose prices were paid'),
    priceIndex: Decimal.optional().describe('Prices of the factor’s year ÷ prices of that year'),
    exchangeRate: Decimal.optional().describe('Units of the factor’s currency per unit of the line’s'),
    source: line(500).optional(),
  })
  .openapi('SpendDetail')

const DataSource = z
  .strictObject({
    activity: z.enum(dataOrigins),
    factor: z.enum(dataOrigins).optional().describe('Of a factor, or of a fuel’s properties'),
  })
  .openapi('DataSource')

const LandUseChange = z
  .strictObject({
    kind: z.enum(landUseChangeKinds).describe('Indirect ones are never in a total'),
    convertedIn: Year.optional().describe('The amount is the whole emission of a conversion in this year'),
    years: z.int().optional().describe('Years that carry it: 20, or a longer harvest cycle'),
  })
  .openapi('LandUseChange')

const score = z.int().min(1).max(5)
const DataQuality = z
  .strictObject({
    reliability: score,
    completeness: score,
    temporal: score,
    geographical: score,
    technological: score,
  })
  .openapi('DataQuality')

const LineUncertainty = z
  .strictObject({
    activityPercent: Decimal.describe('Half of the 95 % interval, percent of the amount'),
    factorPercent: Decimal.describe('Half of the 95 % interval, percent of the factor'),
    activityDistribution: z.enum(distributions).optional().describe('Its shape; normal where absent'),
    factorDistribution: z.enum(distributions).optional(),
  })
  .openapi('LineUncertainty')

export const ActivityLineBody = z
  .strictObject({
    id: line(100).describe('Unique among the lines'),
    category: line(80).describe('What was done or used, e.g. purchased-electricity'),
    activityKind: line(80).optional().describe('Its kind, where the category has several, e.g. hotel-stay'),
    description: line(500).optional(),
    facility: line(200).optional(),
    period: Period.optional(),
    quantity: Quantity.optional().describe(
      'How much; or exactly one of meter, stock, gasBalance, leakage, parameter, fromSite',
    ),
    meter: MeterReadings.optional(),
    stock: StockChange.optional(),
    gasBalance: GasBalance.optional(),
    leakage: GasLeakage.optional(),
    parameter: ParameterUse.optional().describe('Product systems: the amount follows from a parameter'),
    fromSite: FromSite.optional().describe('Product systems: what the process takes of a site’s year'),
    apportion: z.literal('by-days').optional(),
    estimate: Estimate.optional(),
    attribution: Decimal.optional().describe('Part that belongs to the organization, over 0 to 1'),
    partOf: line(100).optional().describe('The line behind whose meter this one stands'),
    transport: TransportDetail.optional(),
    spend: SpendDetail.optional(),
    use: z.strictObject({ consumption: Quantity, times: Decimal }).openapi('ProductUse').optional(),
    coefficientOfPerformance: Decimal.optional(),
    distance: Quantity.optional(),
    density: Quantity.optional(),
    enthalpy: Quantity.optional(),
    netCalorificValue: Quantity.optional().describe('For a factor per net calorific energy'),
    sulphurPercent: Decimal.optional().describe('Sulphur in the fuel, percent by mass'),
    factor: FactorChoice.optional(),
    fuel: FuelChoice.optional(),
    gas: line(80).optional().describe('A gas or refrigerant released as such'),
    flowKind: z
      .enum(releaseKinds)
      .optional()
      .describe('What the gas is; fossil where absent. Uptakes and removals have a negative amount'),
    flowOrigin: z.enum(flowOrigins).optional().describe('Where flows belong beyond their kind'),
    landUseChange: LandUseChange.optional(),
    instrument: line(100)
      .optional()
      .describe('Product systems: the instrument, or group of them, that covers this electricity'),
    beside: z
      .array(Companion)
      .min(1)
      .max(mostCompanions)
      .readonly()
      .optional()
      .describe('Factors beside the line’s own, for gases and pollutants that it does not cover'),
    zone: line(20).optional().describe('Electricity: zone of the grid'),
    interval: z.enum(meterIntervals).optional().describe('Electricity: how finely the meter tells the time'),
    attributes: z.enum(['kept', 'sold']).optional().describe('Own renewable power: its certificates'),
    investee: line(100).optional(),
    dataQuality: DataQuality.optional(),
    uncertainty: LineUncertainty.optional(),
    dataSource: DataSource.optional().describe('Not primary where absent'),
    process: line(100).optional(),
    forProduct: line(100).optional().describe('Where the process is subdivided: the product it is for'),
    from: line(100).optional().describe('The process that makes this input'),
    ...materialLine,
    fromProduct: line(100)
      .optional()
      .describe('Which of its products, where it makes several; alone, where only one process makes it'),
    to: line(100).optional().describe('The process that treats this waste'),
    toProduct: line(100).optional().describe('Which waste it is there, where that process treats several'),
  })
  .openapi('ActivityLine')

const OwnFactor = z
  .strictObject({
    id: line(200),
    name: Names,
    category: line(80),
    family: z.enum(families),
    region: line(20),
    year: Year,
    unit: line(40),
    flows: z.array(z.strictObject({ kind: z.enum(flowKinds), gas: line(80), kg: Decimal })).max(50),
    gwpBasis: z.enum(gwpBases),
    statedCo2eKg: Decimal.nullable(),
    gasesNotCovered: z.array(line(80)).max(50),
    includesTransmission: z.boolean(),
    fossilFugitiveMethane: z.boolean(),
    confirmation: z.enum(confirmations),
    source: z.strictObject({ id: line(200), locator: line(500) }),
    notes: line(2000).nullable(),
  })
  .openapi('OwnFactor')

/** What every calculation states. */
export const calculationBase = {
  period: Period,
  region: line(20).describe('Where a selector starts to look, ISO 3166, e.g. CN-FJ'),
  gwpSet: z.strictObject({ id: line(80), version: line(40) }),
  factorTables: z
    .array(z.strictObject({ table: line(tableNameMax), version: line(40) }))
    .max(pinsMax)
    .describe('Frozen versions, in the order in which selectors look'),
  ownFactors: z.array(OwnFactor).max(200).optional(),
}

/** Entities and facilities of one inventory. */
export const entitiesMax = 500
export const facilitiesMax = 2000
const holdingsMax = 40

const holding = {
  from: DateText.optional(),
  to: DateText.optional().describe('The first day on which it is not held any more'),
  equityShare: Decimal.describe('Economic share, 0 to 1'),
  financialControl: z.enum(financialControls).describe('With joint control the equity share counts'),
  operationalControl: z.boolean(),
}
const EntityHolding = z
  .strictObject({ by: line(100).describe('The entity that holds it'), ...holding })
  .openapi('EntityHolding')
const Holding = z.strictObject(holding).openapi('Holding')

const LegalEntity = z
  .strictObject({
    id: line(100),
    name: Names,
    holdings: z
      .array(EntityHolding)
      .min(1)
      .max(holdingsMax)
      .readonly()
      .optional()
      .describe('How others hold it; none for the reporting organization, which is the only one without'),
  })
  .openapi('LegalEntity')

const Facility = z
  .strictObject({
    id: line(200).describe('As lines name it'),
    name: Names,
    entity: line(100),
    holdings: z
      .array(Holding)
      .min(1)
      .max(holdingsMax)
      .readonly()
      .optional()
      .describe('How the entity holds it, where that is otherwise than wholly, e.g. a leased building'),
  })
  .openapi('Facility')

const Consolidation = z
  .strictObject({
    approach: z.enum(consolidationApproaches),
    changeOption: z.enum(changeOptions).describe('What counts of what was bought in the period'),
    entities: z.array(LegalEntity).min(1).max(entitiesMax).readonly(),
    facilities: z.array(Facility).max(facilitiesMax).readonly(),
  })
  .openapi('Consolidation')

const ContractualInstrument = z
  .strictObject({
    ...instrument,
    facilities: z.array(line(200)).min(1).max(facilitiesMax).readonly().optional(),
  })
  .openapi('ContractualInstrument')

const MarketBased = z
  .strictObject({
    instruments: z.array(ContractualInstrument).max(instrumentsMax).readonly(),
    ageMonthsMax,
    residual: FactorChoice.optional(),
  })
  .openapi('MarketBased')

const IntensityBase = z
  .strictObject({
    kind: z.enum(['revenue', 'output', 'headcount', 'area', 'other']),
    name: Names,
    quantity: Quantity,
  })
  .openapi('IntensityBase')

const inventory = {
  kind: z.literal('organization'),
  ...calculationBase,
  consolidation: Consolidation.optional(),
  marketBased: MarketBased.optional(),
  sectorGuideline: z
    .strictObject({ id: line(80), fuelDefaults: line(200) })
    .openapi('SectorGuideline')
    .optional()
    .describe('The guideline of the sector, and the source whose fuel defaults it asks for'),
  intensityBases: z.array(IntensityBase).min(1).max(20).readonly().optional(),
}
const product = { kind: z.literal('product'), ...calculationBase, ...productSystem }

/** Wrong lines that one refusal names; nobody mends more at once, and ten thousand times thirty faults are a load to carry. */
const wrongLinesMax = 50

/** Lines as they are sent: counted first, then read one by one until too many are wrong. */
export const ActivityLines = z
  .array(z.unknown())
  .max(linesMax, `has more than ${linesMax} lines; merge lines, or leave detail to evidence`)
  .transform((sent, context) => {
    const read: ActivityLine[] = []
    let wrong = 0
    for (const [at, line] of sent.entries()) {
      const parsed = ActivityLineBody.safeParse(line)
      if (parsed.success) read.push(parsed.data)
      else wrong += 1
      for (const issue of parsed.error?.issues ?? [])
        context.addIssue({ code: 'custom', message: issue.message, path: [at, ...issue.path] })
      if (wrong === wrongLinesMax) break
    }
    return read
  })
  .openapi({ type: 'array', items: { $ref: '#/components/schemas/ActivityLine' }, maxItems: linesMax })

const lines = { lines: ActivityLines }

/** A whole calculation. */
export const CalculationBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...inventory, ...lines }),
    z.strictObject({ ...product, ...lines }),
  ])
  .openapi('Calculation')

/** A product's calculation whose lines come apart from it. */
export const ProductDefinitionBody = z.strictObject(product)

/** A whole calculation of a product. */
export const ProductCalculationBody = z.strictObject({ ...product, ...lines }).openapi('ProductCalculation')

/** A product system with its lines; what it says of period, region, tables and GWP set has to be the footprint's. */
export const ProductSystemBody = z
  .strictObject({
    kind: product.kind.optional(),
    ...z.object(calculationBase).partial().shape,
    ...productSystem,
    ...lines,
    identity: StatedIdentityBody.optional(),
  })
  .openapi('ProductSystem')

/** The same without its lines, which come apart. */
export const ProductSystemDefinitionBody = z.strictObject({
  kind: product.kind.optional(),
  ...z.object(calculationBase).partial().shape,
  ...productSystem,
  identity: StatedIdentityBody.optional(),
})

/** A calculation as a footprint is defined by: a product's may be begun without its processes. */
export const FootprintCalculationBody = z
  .discriminatedUnion('kind', [
    z.strictObject(inventory),
    z.strictObject({
      ...product,
      referenceProcess: product.referenceProcess.optional(),
      processes: product.processes.optional().describe('Absent until the product system is put'),
    }),
  ])
  .openapi('FootprintCalculation')

/** A calculation whose lines come apart from it. */
export const CalculationDefinitionBody = z
  .discriminatedUnion('kind', [z.strictObject(inventory), ProductDefinitionBody])
  .openapi('CalculationDefinition')

/** @throws Problem `too-many-items`. */
export function refuseTooManyLines(count: number, most = linesMax): void {
  if (count <= most) return
  const remedy =
    most < linesMax
      ? `send more, up to ${linesMax}, as CSV or JSON`
      : 'merge lines, or leave detail to evidence'
  const detail = `At most ${most} lines of activity data are read at once here; ${remedy}.`
  throw new Problem('too-many-items', detail, { pointer: '/lines', linesMax: most })
}
