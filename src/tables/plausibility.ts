/**
 * Between which values a factor of a category is believed. The bands are wide enough for what publishers print and, wherever a
 * category is of one kind of thing, narrower than a factor of 1000: a table in grams for kilograms, or kilograms for tonnes,
 * then falls out even where it is wrong as a whole. What they cannot catch: docs/factor-tables.md.
 *
 * A new category, or a new dimension of one, is a compile error here until it has a band. Bands decide only what is asked about
 * at the door, so they are moved when a publisher's figure shows them to be too narrow; no result depends on them.
 */

import type { BiogenicCategory, Category, MeasuredIn } from './categories.ts'

/**
 * Lowest and highest believable value, kg CO2e per one of the unit it stands under; both are still believed. `[0, 0]` is for a
 * category in which no CO2e is stated at all.
 */
export type Band = readonly [low: number, high: number]

type Bands<Name extends Category> = { readonly [Each in Name]: Readonly<Record<MeasuredIn<Each>, Band>> }

/** Burning, per energy: from pure hydrogen-rich gas to blast-furnace gas (IPCC 2006 Vol. 2 Ch. 2: 54 to 260 kg/GJ). */
const burntEnergy: Band = [0.1, 1.5]
/** CH4 and N2O of burning biomass, its CO2 apart. */
const burntBiomass = {
  t: [0.4, 390],
  m3: [0.4, 390],
  kWh: [0.0001, 0.09],
  'kWh{NCV}': [0.0001, 0.09],
  'kWh{GCV}': [0.0001, 0.09],
} as const
const burntBiogas = { ...burntBiomass, m3: [0.0003, 0.29] } as const
/** Wells, mines and refineries, per energy of what they deliver. */
const upstreamEnergy: Band = [0.002, 0.6]
const upstreamBurnt = { kWh: upstreamEnergy, 'kWh{NCV}': upstreamEnergy, 'kWh{GCV}': upstreamEnergy } as const

/** CO2e by category: everything that counts of a row, weighed on its own basis (AR5 where it needs none). */
export const bands: Bands<Category> = {
  electricity: { kWh: [0.005, 2.5] },
  'electricity-excluding-traded-non-fossil': { kWh: [0.05, 2.5] },
  'electricity-fossil': { kWh: [0.2, 2] },
  'electricity-carbon-market': { kWh: [0.1, 2.5] },
  'electricity-coal': { kWh: [0.5, 2] },
  'electricity-gas': { kWh: [0.2, 1.2] },
  'electricity-hydro': { kWh: [0.0005, 0.3] },
  'electricity-nuclear': { kWh: [0.001, 0.15] },
  'electricity-wind': { kWh: [0.001, 0.2] },
  'electricity-photovoltaic': { kWh: [0.005, 0.4] },
  'electricity-concentrated-solar': { kWh: [0.005, 0.4] },
  'electricity-biomass': { kWh: [0.005, 1.5] },
  'electricity-transmission': { kWh: [0.0005, 0.3] },
  'electricity-transmission-without-losses': { kWh: [0.0003, 0.1] },
  'electricity-upstream': { kWh: [0.003, 0.6] },
  'electricity-transmission-upstream': { kWh: [0.0002, 0.15] },
  'electricity-upstream-and-transmission': { kWh: [0.003, 0.7] },
  'electricity-biogenic': { kWh: [0.0001, 0.09] },
  'electricity-managed-assets': { kWh: [0.005, 2.5] },
  'electricity-residual-mix': { kWh: [0.05, 2.5] },
  /** Nothing but zero: what burns anything is another category's. */
  'electricity-renewable': { kWh: [0, 0] },
  'electricity-earlier-release': { kWh: [0.005, 2.5] },
  'electricity-thermal': { kWh: [0.2, 2] },
  'electricity-solar': { kWh: [0.005, 0.4] },
  'electricity-wind-solar': { kWh: [0.001, 0.4] },
  'electricity-operating-margin': { kWh: [0.005, 2.5] },
  'electricity-combined-margin': { kWh: [0.005, 2.5] },
  'electricity-non-baseload': { kWh: [0.05, 2.5] },

  heat: { kWh: [0.02, 1.5] },
  'heat-onsite': { kWh: [0.02, 1.5] },
  'heat-district': { kWh: [0.01, 1.5] },
  'heat-distribution': { kWh: [0.0005, 0.2] },
  'heat-upstream': { kWh: [0.002, 0.5] },
  'heat-distribution-upstream': { kWh: [0.0001, 0.09] },

  'fuel-combustion-solid': {
    t: [100, 5000],
    m3: [50, 8000],
    kWh: burntEnergy,
    'kWh{NCV}': burntEnergy,
    'kWh{GCV}': burntEnergy,
  },
  'fuel-combustion-liquid': {
    t: [1000, 5000],
    m3: [500, 5000],
    kWh: burntEnergy,
    'kWh{NCV}': burntEnergy,
    'kWh{GCV}': burntEnergy,
  },
  /** A cubic metre of it may be of the gas or of the liquefied gas. */
  'fuel-combustion-gas': {
    t: [200, 6000],
    m3: [0.1, 3000],
    kWh: burntEnergy,
    'kWh{NCV}': burntEnergy,
    'kWh{GCV}': burntEnergy,
  },
  'stationary-combustion': {
    t: [100, 6000],
    m3: [0.1, 6000],
    'm3{60F}': [0.1, 20],
    kWh: burntEnergy,
    'kWh{NCV}': burntEnergy,
    'kWh{GCV}': burntEnergy,
  },
  'stationary-combustion-biomass': { ...burntBiomass, 'm3{60F}': [0.0003, 0.29] },
  /** Of peat whose CO2 stands as biogenic, what is left: CH4 and N2O. */
  'stationary-combustion-peat': { t: [0.4, 390], 'kWh{GCV}': [0.0001, 0.09] },
  'stationary-combustion-residential': {
    t: [100, 6000],
    m3: [0.1, 6000],
    kWh: burntEnergy,
    'kWh{NCV}': burntEnergy,
    'kWh{GCV}': burntEnergy,
  },
  'mobile-combustion': {
    t: [1000, 5000],
    m3: [0.5, 5000],
    kWh: [0.1, 0.9],
    'kWh{NCV}': [0.1, 0.9],
    'kWh{GCV}': [0.1, 0.9],
  },
  'mobile-combustion-co2': { m3: [500, 5000], 'm3{60F}': [0.5, 20] },
  /** From aircraft to two-stroke engines. */
  'mobile-combustion-ch4-n2o': { m3: [5, 900] },
  /** Where greenhouse gases stand beside the pollutants, those of burning; pollutants are held against each other. */
  'combustion-pollutants-solid': { 'kWh{NCV}': burntEnergy },
  'combustion-pollutants-liquid': { m3: [500, 5000], 'kWh{NCV}': burntEnergy },
  'combustion-pollutants-gas': { m3: [0.1, 3000], 'm3{60F}': [0.1, 20], 'kWh{NCV}': burntEnergy },
  'combustion-pollutants-biomass': { 'kWh{NCV}': burntBiomass['kWh{NCV}'] },
  'bioenergy-biofuel': burntBiomass,
  'bioenergy-biomass': burntBiomass,
  'bioenergy-biogas': burntBiogas,
  'biogenic-co2-forecourt-fuel': burntBiomass,
  'biogenic-co2-biofuel': burntBiomass,
  'biogenic-co2-biomass': burntBiomass,
  'biogenic-co2-biogas': burntBiogas,
  'fuel-upstream-solid': { t: [20, 4000], m3: [20, 4000], ...upstreamBurnt },
  'fuel-upstream-liquid': { t: [50, 4000], m3: [50, 4000], ...upstreamBurnt },
  'fuel-upstream-gas': { t: [50, 4000], m3: [0.02, 2000], ...upstreamBurnt },
  /** Energy of straw and the like over its life, per energy. */
  'bioenergy-life-cycle': { kWh: [0.005, 2] },
  'bioenergy-upstream': {
    t: [5, 4500],
    m3: [5, 4500],
    kWh: [0.001, 0.9],
    'kWh{NCV}': [0.001, 0.9],
    'kWh{GCV}': [0.001, 0.9],
  },

  'vehicle-car': { km: [0.01, 1] },
  'vehicle-motorbike': { km: [0.01, 1] },
  'vehicle-van': { km: [0.02, 2] },
  'vehicle-hgv': { km: [0.1, 5] },
  'vehicle-hgv-refrigerated': { km: [0.1, 5] },
  'vehicle-electricity-car': { km: [0.001, 0.5] },
  'vehicle-electricity-van': { km: [0.002, 1], 't.km': [0.005, 3] },
  'vehicle-electricity-transmission-car': { km: [0.0001, 0.09] },
  'vehicle-electricity-transmission-van': { km: [0.0002, 0.15], 't.km': [0.0005, 0.4] },
  'vehicle-ch4-n2o': { 'vehicle.km': [0.0001, 0.09] },
  'vehicle-life-cycle': { km: [0.05, 5] },
  'managed-vehicle': { km: [0.005, 4] },

  'freight-car': { 'vehicle.km': [0.05, 1] },
  'freight-van': { km: [0.005, 3], 't.km': [0.02, 10], 'vehicle.km': [0.02, 3] },
  'freight-hgv': { km: [0.05, 5], 't.km': [0.01, 5], 'vehicle.km': [0.05, 5] },
  'freight-road': { 't.km': [0.01, 10] },
  'freight-hgv-refrigerated': { km: [0.05, 5], 't.km': [0.01, 5] },
  /** Per kilometre of a whole train, ship or aircraft. */
  'freight-rail': { km: [0.5, 300], 't.km': [0.001, 0.5] },
  'freight-sea-tanker': { km: [2, 1900], 't.km': [0.0005, 0.45] },
  'freight-sea-cargo': { km: [2, 1900], 't.km': [0.0008, 0.75] },
  'freight-water': { 't.km': [0.0005, 0.45] },
  'freight-inland-water': { 't.km': [0.0008, 0.75] },
  'freight-road-life-cycle': { 't.km': [0.02, 5] },
  'freight-rail-life-cycle': { 't.km': [0.001, 0.5] },
  'freight-water-life-cycle': { 't.km': [0.001, 0.9] },
  'freight-air': { km: [1, 300], 't.km': [0.1, 10] },
  'freight-air-with-radiative-forcing': { km: [1, 600], 't.km': [0.15, 20] },
  /** From bulk ships to vans, whose haulage differs by three orders of magnitude already. */
  'freight-upstream': { km: [0.002, 1.9], 't.km': [0.0001, 2] },
  'travel-air': { km: [1, 300], 'passenger.km': [0.02, 2] },
  'travel-air-with-radiative-forcing': { km: [1, 600], 'passenger.km': [0.03, 4] },
  'travel-sea': { km: [1, 900], 'passenger.km': [0.003, 2] },
  'travel-car': { km: [0.01, 1], 'passenger.km': [0.005, 1], 'vehicle.km': [0.01, 1] },
  'travel-motorbike': { km: [0.01, 1], 'passenger.km': [0.01, 1], 'vehicle.km': [0.01, 1] },
  'travel-taxi': { km: [0.02, 1.5], 'passenger.km': [0.01, 1.5] },
  'travel-bus': { km: [0.1, 5], 'passenger.km': [0.002, 1] },
  'travel-rail': { km: [0.5, 300], 'passenger.km': [0.0005, 0.4] },
  'travel-rail-life-cycle': { 'passenger.km': [0.001, 0.5] },
  'travel-upstream': { km: [0.001, 0.9], 'passenger.km': [0.0003, 0.29] },
  'hotel-stay': { 'room.night': [1, 500] },
  homeworking: { 'FTE.h': [0.005, 2] },

  /** Per tonne of the gas: its GWP × 1000, from less than 1 to that of SF6. */
  refrigerant: { t: [100, 4e7] },
  'refrigerant-non-kyoto': { t: [1, 4e7] },
  'refrigerant-with-non-kyoto': { t: [1, 4e7] },
  'purchased-co2': { t: [500, 2000] },

  'process-mineral': { t: [50, 1500] },
  'process-chemical': { t: [100, 100_000] },
  /** From scrap melted to zinc fumed; anode effects and cover gases among them. */
  'process-metal': { t: [20, 30_000] },
  'process-carbon': { t: [1000, 4000] },

  /** From re-used aggregate to insulation and metals. */
  'material-construction': { t: [0.5, 10_000], m3: [20, 2000] },
  'material-metal': { t: [100, 60_000] },
  'material-plastic': { t: [300, 20_000] },
  'material-paper': { t: [50, 8000] },
  'material-electrical': { t: [300, 200_000] },
  'material-organic': { t: [10, 9000] },
  'material-other': { t: [50, 45_000] },
  'material-glass': { t: [200, 20_000], m2: [2, 200] },
  'material-chemical': { t: [100, 60_000] },
  'material-hydrogen': { t: [200, 60_000] },
  'material-textile': { t: [500, 60_000] },
  'material-battery': { kWh: [20, 500] },
  'photovoltaic-equipment': { kW: [100, 5000] },
  'photovoltaic-system-life-cycle': { kW: [200, 10_000] },
  'agricultural-product': { t: [50, 40_000] },
  'cultivated-land': { ha: [100, 50_000] },
  'food-product': { t: [50, 40_000] },
  'food-product-life-cycle': { t: [100, 60_000] },
  /** From tap water to lamb. */
  'food-at-plate': { t: [20, 90_000] },
  'construction-work': { m2: [100, 50_000], km: [10_000, 9e7] },
  'construction-work-life-cycle': { m2: [100, 90_000], km: [10_000, 9e7] },
  'manufacturing-step': { t: [20, 15_000], m2: [0.05, 20] },
  'industrial-park': { m2: [10, 9000] },

  /** From services to cement, per unit of money. */
  'spend-with-margins': { 'USD{2022}': [0.01, 9] },
  'spend-without-margins': { 'USD{2022}': [0.01, 9] },
  'spend-at-basic-price': { 'USD{2019}': [0.02, 19] },
  'spend-on-travel': { CNY: [0.002, 1.9] },
  'spend-on-construction': { CNY: [0.002, 1.9] },

  'waste-recycling': { t: [0.9, 890] },
  'waste-energy-recovery': { t: [4, 3900] },
  'waste-composting': { t: [2, 900] },
  'waste-anaerobic-digestion': { t: [2, 900] },
  /** From metal that does not burn to plastic that does. */
  'waste-combustion': { t: [5, 4900] },
  'sludge-treatment': { t: [20, 9000] },
  /** From inert rubble to paper. */
  'waste-landfill': { t: [0.9, 5000] },
  'wastewater-treatment': { m3: [0.02, 15] },
  'water-supply': { m3: [0.02, 15] },
  'water-treatment': { m3: [0.02, 15] },
}

const burntCarbon = { kWh: [0.1, 1.5], 'kWh{NCV}': [0.1, 1.5], 'kWh{GCV}': [0.1, 1.5] } as const

/** kg biogenic CO2, which is never part of a CO2e and so has bands of its own. */
export const biogenicCo2Bands: Bands<BiogenicCategory> = {
  'electricity-biogenic': { kWh: [0.002, 1.5] },
  'stationary-combustion-biomass': { t: [50, 5000], m3: [0.1, 5000], 'm3{60F}': [0.1, 10], ...burntCarbon },
  'bioenergy-biofuel': { t: [300, 5000], m3: [300, 5000], ...burntCarbon },
  'bioenergy-biomass': { t: [50, 5000], m3: [50, 5000], ...burntCarbon },
  'bioenergy-biogas': { t: [100, 5000], m3: [0.1, 10], ...burntCarbon },
  /** The biogenic part of a blend of fossil and biogenic fuel. */
  'biogenic-co2-forecourt-fuel': {
    t: [5, 3000],
    m3: [5, 3000],
    kWh: [0.001, 0.3],
    'kWh{NCV}': [0.001, 0.3],
    'kWh{GCV}': [0.001, 0.3],
  },
  'biogenic-co2-biofuel': { t: [300, 5000], m3: [300, 5000], ...burntCarbon },
  'biogenic-co2-biomass': { t: [50, 5000], m3: [50, 5000], ...burntCarbon },
  'biogenic-co2-biogas': { t: [100, 5000], m3: [0.1, 10], ...burntCarbon },
}

/** Categories whose rows are as many different things, so that the median of neighbours says nothing of a row: GWPs. */
export const withoutNeighbours: ReadonlySet<string> = new Set<Category>([
  'refrigerant',
  'refrigerant-non-kyoto',
  'refrigerant-with-non-kyoto',
])

/** From how many times off its neighbours a row is stopped: 1000, less what dividing two doubles may lose. */
export const neighbourLimit = 1000 * (1 - 1e-12)
