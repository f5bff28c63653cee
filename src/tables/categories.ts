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
const mass = ['t'] as const
const distance = ['km'] as const
const haulage = ['t.km', 'km'] as const
const passengers = ['passenger.km', 'km'] as const

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
  'stationary-combustion': { families: ['combustion'], measuredIn: fuelAmounts },
  'stationary-combustion-biomass': { families: ['combustion'], measuredIn: fuelAmounts, biogenic: true },
  'stationary-combustion-residential': { families: ['combustion'], measuredIn: fuelAmounts },
  'mobile-combustion': { families: ['combustion'], measuredIn: fuelAmounts },
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
  /** Vehicles the organization owns and others run, or leases. */
  'managed-vehicle': { families: ['transport'], measuredIn: distance },
} as const satisfies Record<string, FactorCategory>

const transport = {
  'freight-van': { families: ['transport'], measuredIn: haulage },
  'freight-hgv': { families: ['transport'], measuredIn: haulage },
  'freight-hgv-refrigerated': { families: ['transport'], measuredIn: haulage },
  'freight-rail': { families: ['transport'], measuredIn: haulage },
  'freight-sea-tanker': { families: ['transport'], measuredIn: haulage },
  'freight-sea-cargo': { families: ['transport'], measuredIn: haulage },
  'freight-air': { families: ['transport'], measuredIn: haulage },
  /** Multiplied by the source for effects other than those of the gases; never a sum of gas masses. */
  'freight-air-with-radiative-forcing': { families: ['transport'], measuredIn: haulage },
  'freight-upstream': { families: ['upstream'], measuredIn: haulage },
  'travel-air': { families: ['travel'], measuredIn: passengers },
  'travel-air-with-radiative-forcing': { families: ['travel'], measuredIn: passengers },
  'travel-sea': { families: ['travel'], measuredIn: passengers },
  'travel-car': { families: ['travel'], measuredIn: passengers },
  'travel-motorbike': { families: ['travel'], measuredIn: passengers },
  'travel-taxi': { families: ['travel'], measuredIn: passengers },
  'travel-bus': { families: ['travel'], measuredIn: passengers },
  'travel-rail': { families: ['travel'], measuredIn: passengers },
  'travel-upstream': { families: ['upstream'], measuredIn: passengers },
  'hotel-stay': { families: ['travel'], measuredIn: ['room.night'] },
  homeworking: { families: ['homeworking'], measuredIn: ['FTE.h'] },
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
  'material-construction': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-metal': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-plastic': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-paper': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-electrical': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-organic': { families: ['cradle-to-gate'], measuredIn: mass },
  'material-other': { families: ['cradle-to-gate'], measuredIn: mass },
} as const satisfies Record<string, FactorCategory>

const waste = {
  'waste-recycling': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  'waste-energy-recovery': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
  'waste-composting': { families: ['waste-collection', 'end-of-life', 'process'], measuredIn: mass },
  'waste-anaerobic-digestion': { families: ['waste-collection', 'end-of-life'], measuredIn: mass },
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
  ...substances,
  ...materials,
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
