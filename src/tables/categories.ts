/**
 * The categories a factor can stand under, with the families each may hold and what its activity is measured in. A selector
 * looks for one category, so two factors that must never stand in for each other have two categories.
 */

import type { Family, UnitCode } from '../engine/types.ts'

/** A category's rule. `measuredIn` names one unit of each dimension that fits. */
export interface FactorCategory {
  readonly families: readonly Family[]
  readonly measuredIn: readonly UnitCode[]
  /** Biomass and its like: its CO2 is biogenic and never stands in the fossil column. */
  readonly biogenic?: true
}

const energy = ['kWh'] as const
const fuelAmounts = ['t', 'm3', 'kWh', 'kWh{NCV}', 'kWh{GCV}'] as const
const fuelAmountsOrStandardGas = [...fuelAmounts, 'm3{60F}'] as const
const mass = ['t'] as const
const distance = ['km'] as const
const vehicleDistance = ['vehicle.km'] as const
const haulage = ['t.km', 'km'] as const
const haulageOrVehicles = [...haulage, 'vehicle.km'] as const
const passengers = ['passenger.km', 'km'] as const
const passengersOrVehicles = [...passengers, 'vehicle.km'] as const

const electricity = {
  /** The average of a grid, a province or a country: what a selector means by electricity. */
  electricity: { families: ['electricity-generation', 'electricity-life-cycle'], measuredIn: energy },
  'electricity-excluding-traded-non-fossil': { families: ['electricity-generation'], measuredIn: energy },
  'electricity-fossil': { families: ['electricity-generation'], measuredIn: energy },
  'electricity-carbon-market': { families: ['electricity-carbon-market'], measuredIn: energy },
  'electricity-coal': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-gas': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-hydro': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-nuclear': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-wind': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-photovoltaic': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-concentrated-solar': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-biomass': { families: ['electricity-life-cycle'], measuredIn: energy },
  /** Transmission and distribution with the losses: what a generation factor by technology lacks. */
  'electricity-transmission': { families: ['transmission-and-distribution'], measuredIn: energy },
  'electricity-transmission-without-losses': {
    families: ['transmission-and-distribution'],
    measuredIn: energy,
  },
  'electricity-upstream': { families: ['upstream'], measuredIn: energy },
  'electricity-transmission-upstream': { families: ['upstream'], measuredIn: energy },
  'electricity-upstream-and-transmission': { families: ['upstream'], measuredIn: energy },
  /** Biogenic CO2 of generation, reported apart. */
  'electricity-biogenic': { families: ['electricity-generation'], measuredIn: energy, biogenic: true },
  'electricity-managed-assets': { families: ['electricity-generation'], measuredIn: energy },
  /** What is left for those who claim nothing, once claimed electricity is taken out: for scope 2 by market only. */
  'electricity-residual-mix': { families: ['electricity-generation'], measuredIn: energy },
  /** Power that burns nothing: what an instrument conveys, and no line is weighed by (`src/engine/categories.ts`). */
  'electricity-renewable': { families: ['electricity-generation'], measuredIn: energy },
  /** Averages of a release that its publisher has replaced: they stand as what they are, and no selector takes them. */
  'electricity-earlier-release': { families: ['electricity-generation'], measuredIn: energy },
  'electricity-thermal': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-solar': { families: ['electricity-life-cycle'], measuredIn: energy },
  'electricity-wind-solar': { families: ['electricity-life-cycle'], measuredIn: energy },
  /** What one kilowatt hour more or less changes: project accounting only. */
  'electricity-operating-margin': { families: ['electricity-marginal'], measuredIn: energy },
  'electricity-combined-margin': { families: ['electricity-marginal'], measuredIn: energy },
  'electricity-non-baseload': { families: ['electricity-marginal'], measuredIn: energy },
} as const satisfies Record<string, FactorCategory>

const heat = {
  heat: { families: ['heat'], measuredIn: energy },
  'heat-onsite': { families: ['heat'], measuredIn: energy },
  'heat-district': { families: ['heat'], measuredIn: energy },
  'heat-distribution': { families: ['transmission-and-distribution'], measuredIn: energy },
  'heat-upstream': { families: ['upstream'], measuredIn: energy },
  'heat-distribution-upstream': { families: ['upstream'], measuredIn: energy },
} as const satisfies Record<string, FactorCategory>

const fuels = {
  'fuel-combustion-solid': { families: ['combustion'], measuredIn: fuelAmounts },
  'fuel-combustion-liquid': { families: ['combustion'], measuredIn: fuelAmounts },
  'fuel-combustion-gas': { families: ['combustion'], measuredIn: fuelAmounts },
  'stationary-combustion': { families: ['combustion'], measuredIn: fuelAmountsOrStandardGas },
  'stationary-combustion-biomass': {
    families: ['combustion'],
    measuredIn: fuelAmountsOrStandardGas,
    biogenic: true,
  },
  'stationary-combustion-residential': { families: ['combustion'], measuredIn: fuelAmounts },
  /** Peat, whose CO2 one source calls biogenic and another fossil. */
  'stationary-combustion-peat': { families: ['combustion'], measuredIn: ['t', 'kWh{GCV}'] },
  'mobile-combustion': { families: ['combustion'], measuredIn: fuelAmounts },
  /** Parts of one burning, from two lists of one source: CO2 by fuel, CH4 and N2O by engine. */
  'mobile-combustion-co2': { families: ['combustion'], measuredIn: ['m3', 'm3{60F}'] },
  'mobile-combustion-ch4-n2o': { families: ['combustion'], measuredIn: ['m3'] },
  /** Air pollutants of burning, without any greenhouse gas. */
  'combustion-pollutants-solid': { families: ['combustion'], measuredIn: ['kWh{NCV}'] },
  'combustion-pollutants-liquid': { families: ['combustion'], measuredIn: ['m3', 'kWh{NCV}'] },
  'combustion-pollutants-gas': { families: ['combustion'], measuredIn: ['m3', 'm3{60F}', 'kWh{NCV}'] },
  'combustion-pollutants-biomass': { families: ['combustion'], measuredIn: ['kWh{NCV}'] },
  'bioenergy-biofuel': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'bioenergy-biomass': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'bioenergy-biogas': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  /** Biogenic CO2 of burning, reported apart. */
  'biogenic-co2-forecourt-fuel': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'biogenic-co2-biofuel': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'biogenic-co2-biomass': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'biogenic-co2-biogas': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'fuel-upstream-solid': { families: ['upstream'], measuredIn: fuelAmounts },
  'fuel-upstream-liquid': { families: ['upstream'], measuredIn: fuelAmounts },
  'fuel-upstream-gas': { families: ['upstream'], measuredIn: fuelAmounts },
  'bioenergy-upstream': { families: ['upstream'], measuredIn: fuelAmounts },
  /** Energy from biomass, from the field to its use. */
  'bioenergy-life-cycle': { families: ['cradle-to-grave'], measuredIn: energy },
} as const satisfies Record<string, FactorCategory>

const vehicles = {
  'vehicle-car': { families: ['combustion'], measuredIn: distance },
  'vehicle-motorbike': { families: ['combustion'], measuredIn: distance },
  'vehicle-van': { families: ['combustion'], measuredIn: distance },
  'vehicle-hgv': { families: ['combustion'], measuredIn: distance },
  'vehicle-hgv-refrigerated': { families: ['combustion'], measuredIn: distance },
  /** Electricity that a vehicle takes from the grid, per distance or haulage. */
  'vehicle-electricity-car': { families: ['electricity-generation'], measuredIn: distance },
  'vehicle-electricity-van': { families: ['electricity-generation'], measuredIn: haulage },
  'vehicle-electricity-transmission-car': {
    families: ['transmission-and-distribution'],
    measuredIn: distance,
  },
  'vehicle-electricity-transmission-van': {
    families: ['transmission-and-distribution'],
    measuredIn: haulage,
  },
  /** CH4 and N2O of driving; its CO2 stands by fuel. */
  'vehicle-ch4-n2o': { families: ['combustion'], measuredIn: vehicleDistance },
  /** A vehicle's whole life per distance driven: making, driving, end of life. */
  'vehicle-life-cycle': { families: ['cradle-to-grave'], measuredIn: distance },
  /** Vehicles the organization owns and others run, or leases. */
  'managed-vehicle': { families: ['transport'], measuredIn: distance },
} as const satisfies Record<string, FactorCategory>

const transport = {
  'freight-van': { families: ['transport'], measuredIn: haulageOrVehicles },
  'freight-car': { families: ['transport'], measuredIn: vehicleDistance },
  'freight-road': { families: ['transport'], measuredIn: ['t.km'] },
  'freight-hgv': { families: ['transport'], measuredIn: haulageOrVehicles },
  'freight-hgv-refrigerated': { families: ['transport'], measuredIn: haulage },
  'freight-rail': { families: ['transport'], measuredIn: haulage },
  'freight-sea-tanker': { families: ['transport'], measuredIn: haulage },
  'freight-sea-cargo': { families: ['transport'], measuredIn: haulage },
  'freight-water': { families: ['transport'], measuredIn: ['t.km'] },
  'freight-inland-water': { families: ['transport'], measuredIn: ['t.km'] },
  /** With the supply of the fuel or electricity, by the source's own boundary: adding an upstream factor counts it twice. */
  'freight-road-life-cycle': { families: ['transport'], measuredIn: ['t.km'] },
  'freight-rail-life-cycle': { families: ['transport'], measuredIn: ['t.km'] },
  'freight-water-life-cycle': { families: ['transport'], measuredIn: ['t.km'] },
  'freight-air': { families: ['transport'], measuredIn: haulage },
  /** Multiplied by the source for effects other than those of the gases; never a sum of gas masses. */
  'freight-air-with-radiative-forcing': { families: ['transport'], measuredIn: haulage },
  'freight-upstream': { families: ['upstream'], measuredIn: haulage },
  'travel-air': { families: ['travel'], measuredIn: passengers },
  'travel-air-with-radiative-forcing': { families: ['travel'], measuredIn: passengers },
  'travel-sea': { families: ['travel'], measuredIn: passengers },
  'travel-car': { families: ['travel'], measuredIn: passengersOrVehicles },
  'travel-motorbike': { families: ['travel'], measuredIn: passengersOrVehicles },
  'travel-taxi': { families: ['travel'], measuredIn: passengers },
  'travel-bus': { families: ['travel'], measuredIn: passengers },
  'travel-rail': { families: ['travel'], measuredIn: passengers },
  'travel-rail-life-cycle': { families: ['travel'], measuredIn: ['passenger.km'] },
  'travel-upstream': { families: ['upstream'], measuredIn: passengers },
  'hotel-stay': { families: ['travel'], measuredIn: ['room.night'] },
  homeworking: { families: ['homeworking'], measuredIn: ['FTE.h'] },
} as const satisfies Record<string, FactorCategory>

const processes = {
  'process-mineral': { families: ['process'], measuredIn: mass },
  'process-chemical': { families: ['process'], measuredIn: mass },
  'process-metal': { families: ['process'], measuredIn: mass },
  /** Carbon that a process uses up as a material, per its own mass. */
  'process-carbon': { families: ['process'], measuredIn: mass },
} as const satisfies Record<string, FactorCategory>

const substances = {
  /** Gases of the seven groups, released as such. */
  refrigerant: { families: ['fugitive'], measuredIn: mass },
  /** The part outside the seven groups, and the sum of both. */
  'refrigerant-non-kyoto': { families: ['fugitive'], measuredIn: mass },
  'refrigerant-with-non-kyoto': { families: ['fugitive'], measuredIn: mass },
  'purchased-co2': { families: ['process'], measuredIn: mass },
} as const satisfies Record<string, FactorCategory>

const materials = {
  'material-construction': { families: ['cradle-to-gate'], measuredIn: ['t', 'm3'] },
  'material-metal': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-plastic': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-paper': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-electrical': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-organic': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-other': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-glass': { families: ['cradle-to-gate'], measuredIn: ['t', 'm2'] },
  'material-chemical': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-hydrogen': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-textile': { families: ['cradle-to-gate'], measuredIn: mass },
  /** Per kilowatt hour that the battery can hold, not per kilowatt hour taken from it. */
  'material-battery': { families: ['cradle-to-gate'], measuredIn: energy },
  /** Per kilowatt that is installed. */
  'photovoltaic-equipment': { families: ['cradle-to-gate'], measuredIn: ['kW'] },
  'photovoltaic-system-life-cycle': { families: ['cradle-to-grave'], measuredIn: ['kW'] },
  'agricultural-product': { families: ['cradle-to-gate'], measuredIn: mass },
  /** Growing a crop, per area and harvest. */
  'cultivated-land': { families: ['cradle-to-gate'], measuredIn: ['ha'] },
  'food-product': { families: ['cradle-to-gate'], measuredIn: mass },
  'food-product-life-cycle': { families: ['cradle-to-grave'], measuredIn: mass },
  /** Food as it is eaten: with distribution, retail, and cold storage and cooking at the consumer. */
  'food-at-plate': { families: ['cradle-to-consumer'], measuredIn: mass },
  'construction-work': { families: ['cradle-to-gate'], measuredIn: ['m2', 'km'] },
  'construction-work-life-cycle': { families: ['cradle-to-grave'], measuredIn: ['m2', 'km'] },
  /** One step of production: what it burns and buys, without the material it works on. */
  'manufacturing-step': { families: ['gate-to-gate'], measuredIn: ['t', 'm2'] },
  'industrial-park': { families: ['gate-to-gate'], measuredIn: ['m2'] },
} as const satisfies Record<string, FactorCategory>

const spending = {
  /** At purchaser prices. With margins holds transport, wholesale and retail up to the buyer; without, the producer's gate. */
  'spend-with-margins': { families: ['spend-based'], measuredIn: ['USD{2022}'] },
  'spend-without-margins': { families: ['spend-based'], measuredIn: ['USD{2022}'] },
  /** At basic prices, which leave out margins and taxes: never for an amount on an invoice. */
  'spend-at-basic-price': { families: ['spend-based'], measuredIn: ['USD{2019}'] },
  'spend-on-travel': { families: ['spend-based'], measuredIn: ['CNY'] },
  'spend-on-construction': { families: ['spend-based'], measuredIn: ['CNY'] },
} as const satisfies Record<string, FactorCategory>

const waste = {
  'waste-recycling': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  'waste-energy-recovery': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  'waste-composting': { families: ['waste-collection', 'end-of-life', 'process'], measuredIn: mass },
  'waste-anaerobic-digestion': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  /** Burning itself, which `waste-energy-recovery` of the UK leaves to whoever uses the energy. */
  'waste-combustion': { families: ['end-of-life'], measuredIn: mass },
  'sludge-treatment': { families: ['end-of-life'], measuredIn: mass },
  'waste-landfill': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  'wastewater-treatment': { families: ['fugitive'], measuredIn: ['m3'] },
  'water-supply': { families: ['water'], measuredIn: ['m3'] },
  'water-treatment': { families: ['water'], measuredIn: ['m3'] },
} as const satisfies Record<string, FactorCategory>

const categories = {
  ...electricity,
  ...heat,
  ...fuels,
  ...vehicles,
  ...transport,
  ...processes,
  ...substances,
  ...materials,
  ...spending,
  ...waste,
} as const

/** A category of the closed list. */
export type Category = keyof typeof categories

/** The units, one of each dimension, in which a category is measured. */
export type MeasuredIn<Name extends Category> = (typeof categories)[Name]['measuredIn'][number]

/** The categories of biomass and its like. */
export type BiogenicCategory = {
  [Name in Category]: (typeof categories)[Name] extends { readonly biogenic: true } ? Name : never
}[Category]

/** Every category, closed: an unknown one is refused at the door. */
export const factorCategories: Readonly<Record<string, FactorCategory>> = categories
