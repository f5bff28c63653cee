/**
 * What may be reported, and what may weigh it: the activity categories of each kind of footprint, where they stand (GHG
 * Protocol scope, ISO 14064-1:2018 category), and the factor families each accepts. A table a verifier can read; a factor
 * of another family is refused by name, because mixing families is how a footprint goes wrong by a third without anyone
 * noticing (DESIGN §6).
 */

import { Problem } from '../problem.ts'
import { inOrder, listed, nearest, own } from './names.ts'
import type { CalculationInput, Family } from './types.ts'

export type FootprintKind = CalculationInput['kind']

/** Where a category stands and which families weigh it. */
export interface CategoryRule {
  /** GHG Protocol scope; null in product systems, which have stages instead. */
  readonly scope: 1 | 2 | 3 | null
  /** ISO 14064-1:2018 §5.2.4 category; null in product systems. */
  readonly isoCategory: 1 | 2 | 3 | 4 | 5 | 6 | null
  readonly families: readonly Family[]
  /**
   * The factor category a selector looks in, where the families hold rows that must not stand in for each other: a grid's
   * average, not its fossil part or one technology. Those are chosen by id.
   */
  readonly selects?: string
  /** What its lines are shown apart as, outside every total. */
  readonly apart?: 'exported' | 'resold'
  /** Its kinds of activity; absent where the category is one. The first is the one that a line is of unless it says otherwise. */
  readonly kinds?: Readonly<Record<string, ActivityKindRule>>
}

/** A kind of activity within a category: where ISO 14064-1 puts it, and by what it is known where the line does not say. */
export interface ActivityKindRule {
  readonly isoCategory: CategoryRule['isoCategory']
  /** The line is of this kind when its factor is of one of these families… */
  readonly families?: readonly Family[]
  /** …or per a unit of this dimension. */
  readonly dimension?: string
}

/** What an operation that someone else runs, or that is leased, may be weighed by: as if it were the organization's own. */
const operation: readonly Family[] = [
  'combustion',
  'process',
  'fugitive',
  'electricity-generation',
  'heat',
  'transmission-and-distribution',
  'upstream',
  'water',
  'spend-based',
]

/** Transport by fuel, by distance or by money. */
const carriage: readonly Family[] = [
  'transport',
  'combustion',
  'electricity-generation',
  'upstream',
  'spend-based',
]

/** Own renewable power that is used where it is made, and electricity from the grid: what scope 2 weighs by market. */
export const selfGenerated = 'self-generated-electricity'
export const purchasedElectricity = 'purchased-electricity'

/** GHG Protocol Corporate Standard scopes 1 and 2; Scope 3 Standard categories by their names. */
export const organizationCategories: Readonly<Record<string, CategoryRule>> = {
  'stationary-combustion': { scope: 1, isoCategory: 1, families: ['combustion'] },
  'mobile-combustion': { scope: 1, isoCategory: 1, families: ['combustion'] },
  'process-emissions': { scope: 1, isoCategory: 1, families: ['process'] },
  'fugitive-emissions': { scope: 1, isoCategory: 1, families: ['fugitive'] },
  [purchasedElectricity]: {
    scope: 2,
    isoCategory: 2,
    families: ['electricity-generation'],
    selects: 'electricity',
  },
  'purchased-heat': { scope: 2, isoCategory: 2, families: ['heat'], selects: 'heat' },
  /** By a factor of cooling, or by the electricity that made it (`coefficientOfPerformance`). */
  'purchased-cooling': { scope: 2, isoCategory: 2, families: ['electricity-generation', 'heat'] },
  /** Own renewable power that is used: no factor weighs it (`electricity.ts`). */
  [selfGenerated]: { scope: 2, isoCategory: 2, families: [] },
  'purchased-goods-and-services': {
    scope: 3,
    isoCategory: 4,
    families: ['cradle-to-gate', 'cradle-to-consumer', 'spend-based', 'water'],
  },
  'capital-goods': { scope: 3, isoCategory: 4, families: ['cradle-to-gate', 'spend-based'] },
  'fuel-and-energy-related-activities': {
    scope: 3,
    isoCategory: 4,
    families: ['upstream', 'transmission-and-distribution'],
    kinds: {
      'energy-upstream': { isoCategory: 4 },
      'transmission-losses': { isoCategory: 4, families: ['transmission-and-distribution'] },
    },
  },
  'upstream-transportation-and-distribution': {
    scope: 3,
    isoCategory: 3,
    families: carriage,
    kinds: { 'upstream-transport': { isoCategory: 3 }, storage: { isoCategory: 4 } },
  },
  'waste-generated-in-operations': {
    scope: 3,
    isoCategory: 4,
    families: ['end-of-life', 'waste-collection', 'spend-based', 'water'],
  },
  'business-travel': {
    scope: 3,
    isoCategory: 3,
    families: ['travel', ...carriage],
    kinds: { travel: { isoCategory: 3 }, 'hotel-stay': { isoCategory: 4, dimension: 'rooms·nights' } },
  },
  'employee-commuting': {
    scope: 3,
    isoCategory: 3,
    families: ['travel', 'homeworking', 'combustion', 'electricity-generation', 'upstream'],
    kinds: { commuting: { isoCategory: 3 }, homeworking: { isoCategory: 3, families: ['homeworking'] } },
  },
  'upstream-leased-assets': {
    scope: 3,
    isoCategory: 4,
    families: operation,
    kinds: { 'leased-asset': { isoCategory: 4 }, 'leased-asset-energy': { isoCategory: 2 } },
  },
  'downstream-transportation-and-distribution': {
    scope: 3,
    isoCategory: 3,
    families: carriage,
    kinds: { 'downstream-transport': { isoCategory: 3 }, 'retail-and-storage': { isoCategory: 5 } },
  },
  'processing-of-sold-products': { scope: 3, isoCategory: 5, families: ['gate-to-gate', ...operation] },
  'use-of-sold-products': {
    scope: 3,
    isoCategory: 5,
    families: ['combustion', 'electricity-generation', 'fugitive', 'heat', 'upstream', 'water'],
  },
  'end-of-life-treatment-of-sold-products': { scope: 3, isoCategory: 5, families: ['end-of-life'] },
  'downstream-leased-assets': { scope: 3, isoCategory: 5, families: operation },
  franchises: { scope: 3, isoCategory: 5, families: operation },
  investments: { scope: 3, isoCategory: 5, families: operation },
  'exported-electricity': {
    scope: null,
    isoCategory: null,
    families: ['electricity-generation'],
    apart: 'exported',
  },
  'exported-heat': { scope: null, isoCategory: null, families: ['heat'], apart: 'exported' },
  'resold-electricity': {
    scope: null,
    isoCategory: null,
    families: ['electricity-generation'],
    apart: 'resold',
  },
  'resold-heat': { scope: null, isoCategory: null, families: ['heat'], apart: 'resold' },
}

/** ISO 14067, GB/T 24067: what goes into, and comes out of, a process. */
export const productCategories: Readonly<Record<string, CategoryRule>> = {
  material: inProduct('cradle-to-gate'),
  packaging: inProduct('cradle-to-gate'),
  /** Only where the calculation says that they count (`product/capital-goods.ts`). */
  'capital-goods': inProduct('cradle-to-gate'),
  water: inProduct('water', 'cradle-to-gate'),
  'fuel-combustion': inProduct('combustion'),
  'fuel-supply': inProduct('upstream'),
  electricity: { ...inProduct('electricity-life-cycle'), selects: 'electricity' },
  transmission: { ...inProduct('transmission-and-distribution'), selects: 'electricity-transmission' },
  heat: { ...inProduct('heat'), selects: 'heat' },
  transport: inProduct('transport'),
  'process-emissions': inProduct('process'),
  'fugitive-emissions': inProduct('fugitive'),
  'waste-treatment': inProduct('end-of-life'),
}

/**
 * The factor category of power that burns nothing. An instrument conveys its rate; by location no grid delivers it alone, and
 * nobody can claim it for what no instrument covers.
 */
export const conveyedOnly = 'electricity-renewable'

/**
 * Refuses what only an instrument conveys wherever something else is weighed.
 * @throws Problem `factor-conveyed-only`.
 */
export function requireWeighing(factor: { readonly id: string; readonly category: string }): void {
  if (factor.category !== conveyedOnly) return
  const detail = `Factor "${factor.id}" is of category ${conveyedOnly}: a contractual instrument conveys it, and it weighs nothing else. State the instrument under marketBased.instruments; weigh the electricity itself by its grid.`
  throw new Problem('factor-conveyed-only', detail, { factorCategory: conveyedOnly })
}

/** The category in which electricity is bought, by the kind of footprint. */
export const boughtElectricity: Readonly<Record<FootprintKind, string>> = {
  organization: purchasedElectricity,
  product: 'electricity',
}

/** The categories in which electricity is bought, and those that add its way through the grid. */
export const electricityCategories: readonly string[] = Object.values(boughtElectricity)
export const transmissionFamily: Family = 'transmission-and-distribution'

/**
 * The rule of a category.
 * @throws Problem `unknown-category`, with the most similar names and the whole list.
 */
export function categoryRule(kind: FootprintKind, category: string): CategoryRule {
  const rules = categoriesOf(kind)
  const rule = own(rules, category)
  if (rule) return rule
  const categories = Object.keys(rules).sort(inOrder)
  const candidates = nearest(category, categories)
  const detail = `"${category.slice(0, 64)}" is no category of ${kindInWords[kind]}; use one of ${listed(categories)}.`
  throw new Problem('unknown-category', detail, { category: category.slice(0, 64), candidates, categories })
}

/** A kind of activity by name. */
export interface ActivityKind {
  readonly name: string
  readonly isoCategory: CategoryRule['isoCategory']
}

/**
 * The kind of activity of a line: as it says, else the one that its factor tells, else the category's first.
 * @throws Problem `unknown-category` for a kind that is not of the category.
 */
export function activityKindOf(
  category: string,
  rule: CategoryRule,
  stated: string | undefined,
  factor: { readonly family: Family; readonly dimension: string } | null,
): ActivityKind {
  const kinds = Object.entries(rule.kinds ?? { [category]: { isoCategory: rule.isoCategory } })
  const known = kinds.find(([name, kind]) => (stated === undefined ? isTold(kind, factor) : name === stated))
  const [name, kind] = known ?? (kinds[0] as (typeof kinds)[number])
  if (stated === undefined || known) return { name, isoCategory: kind.isoCategory }
  const names = kinds.map(([each]) => each)
  const detail = `"${stated.slice(0, 64)}" is no kind of ${category}; use one of ${listed(names)}, or leave it out.`
  throw new Problem('unknown-category', detail, { pointer: '/activityKind', candidates: names })
}

function isTold(kind: ActivityKindRule, factor: Parameters<typeof activityKindOf>[3]): boolean {
  if (factor === null) return false
  return kind.families?.includes(factor.family) === true || kind.dimension === factor.dimension
}

/**
 * Refuses what weighs a line when its family does not belong in the category, and says what does.
 * @param what the subject of the refusal, e.g. `Factor "cn-grid-co2-2023-fj"`.
 * @throws Problem `wrong-family`.
 */
export function requireFamily(kind: FootprintKind, category: string, family: Family, what: string): void {
  const { families } = categoryRule(kind, category)
  if (families.includes(family)) return
  const remedy = namedMistake(kind, category, family) ?? otherCategory(kind, family)
  const detail = `${what} is of family ${family}; ${category} takes ${listed(families)}. ${remedy}`
  throw new Problem('wrong-family', detail, { family, category, families })
}

/** Factors that reach further, or less far, than the activity, and would count a part twice or not at all. */
const reachMistakes: Readonly<Partial<Record<Family, string>>> = {
  'cradle-to-consumer':
    'It holds distribution, retail and preparation at the consumer as well, so they would be counted twice: use a factor of family cradle-to-gate.',
  'cradle-to-grave':
    'It holds the use and the end of life as well, so they would be counted twice: use a factor of the one stage.',
  'gate-to-gate':
    'It holds one step of production only, without what went into it: use a factor of family cradle-to-gate.',
  'spend-based':
    'It weighs money by the average of a whole sector, for scope 3 of an organization: here use a factor per physical amount.',
}

/** The mistakes that have a name, with what belongs there instead. */
function namedMistake(kind: FootprintKind, category: string, family: Family): string | undefined {
  if (family === 'electricity-carbon-market') {
    return 'It was made for reports to the national carbon market only: elsewhere use a generation factor (organizations) or a life-cycle factor (products).'
  }
  if (family === 'electricity-marginal') {
    return 'A marginal factor says what one kilowatt hour more or less changes, for project accounting and avoided emissions only; an inventory needs a grid average of family electricity-generation, a product one of electricity-life-cycle.'
  }
  if (family === 'electricity-generation' && kind === 'product') {
    return 'A generation factor (电力二氧化碳排放因子) holds only the CO2 of power stations; a product needs a life-cycle factor (电力碳足迹因子), family electricity-life-cycle.'
  }
  if (family === 'electricity-life-cycle' && kind === 'organization') {
    return 'A life-cycle factor (电力碳足迹因子) counts fuel supply and plant as well; scope 2 needs a generation factor (电力二氧化碳排放因子), family electricity-generation.'
  }
  const reach = reachMistakes[family]
  if (reach !== undefined) return reach
  if (family === 'waste-collection' && category !== 'waste-generated-in-operations') {
    return `${handedOver} Use a factor of family end-of-life${kind === 'product' ? ', or name under "to" a process of the system that treats the waste; the way there alone is transport' : ''}.`
  }
  return undefined
}

/** The rows of waste disposal that the United Kingdom publishes for companies (docs/decisions/0012). */
const handedOver =
  'It counts what a company reports of waste that it hands over: collection and transport to the plant, of a landfill its gas too, and not the treatment of what is recycled, composted or burnt.'

function otherCategory(kind: FootprintKind, family: Family): string {
  const rules = Object.entries(categoriesOf(kind))
  const takers = rules.filter(([, rule]) => rule.families.includes(family)).map(([category]) => category)
  if (takers.length === 0) return `No category of ${kindInWords[kind]} takes this family.`
  return `Report the line under ${takers.sort(inOrder).join(' or ')}, or choose a factor of an accepted family.`
}

const kindInWords = { organization: 'an organization', product: 'a product' } as const

function categoriesOf(kind: FootprintKind): Readonly<Record<string, CategoryRule>> {
  return kind === 'organization' ? organizationCategories : productCategories
}

function inProduct(...families: readonly Family[]): CategoryRule {
  return { scope: null, isoCategory: null, families }
}
