/** The one form of a line of activity data. */

import type {
  ActivityLine,
  CircularPart,
  Companion,
  DataQuality,
  DataSource,
  Estimate,
  FromSite,
  FuelChoice,
  GasBalance,
  GasLeakage,
  LandUseChange,
  LineUncertainty,
  Meter,
  MeterReadings,
  ParameterUse,
  ProductUse,
  Reading,
  SpendDetail,
  StockChange,
  TransportDetail,
} from '../engine/types.ts'
import { choice, type Form, type FormsOf, period, quantity } from './forms.ts'

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
export const meter: Form = {
  members: { unit: 'text', meters: { list: oneMeter } } satisfies FormsOf<MeterReadings>,
}

export const stock: Form = {
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

const parameter: Form = { members: { id: 'text', times: 'decimal' } satisfies FormsOf<ParameterUse> }

export const estimate: Form = {
  members: { method: 'text', basis: 'text', approvedBy: 'text' } satisfies FormsOf<Estimate>,
}

const fromSite: Form = { members: { total: 'text', flow: 'text' } satisfies FormsOf<FromSite> }

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

const dataSource: Form = {
  members: { activity: 'text', factor: 'text' } satisfies FormsOf<DataSource>,
}

const landUseChange: Form = {
  members: { kind: 'text', convertedIn: 'number', years: 'number' } satisfies FormsOf<LandUseChange>,
}

const use: Form = { members: { consumption: quantity, times: 'decimal' } satisfies FormsOf<ProductUse> }

export const dataQuality: Form = {
  members: {
    reliability: 'number',
    completeness: 'number',
    temporal: 'number',
    geographical: 'number',
    technological: 'number',
  } satisfies FormsOf<DataQuality>,
}

export const uncertainty: Form = {
  members: {
    activityPercent: 'decimal',
    factorPercent: 'decimal',
    activityDistribution: 'text',
    factorDistribution: 'text',
  } satisfies FormsOf<LineUncertainty>,
}

export const activityLine: Form = {
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
    parameter,
    fromSite,
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
    instrument: 'text',
    flowKind: 'text',
    flowOrigin: 'text',
    landUseChange,
    beside: { list: companion },
    zone: 'text',
    interval: 'text',
    attributes: 'text',
    investee: 'text',
    dataQuality,
    uncertainty,
    dataSource,
    process: 'text',
    forProduct: 'text',
    from: 'text',
    circular: { members: { material: 'text', term: 'text' } satisfies FormsOf<CircularPart> },
    recycledContent: 'decimal',
    fromProduct: 'text',
    to: 'text',
    toProduct: 'text',
  } satisfies FormsOf<ActivityLine>,
}
