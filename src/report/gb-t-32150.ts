/**
 * An inventory in the structure of GB/T 32150 as Chinese reports have it: fuels one by one with calorific value, carbon content and
 * oxidation, processes, purchased electricity and heat, and exported electricity and heat, which that structure's total deducts.
 * Scope 3 is outside it. So its total is another figure than the inventory's, and is shown as one.
 */

import { formatDecimal } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import type { PresentedResult } from '../engine/present.ts'
import type { Names, Working } from '../engine/types.ts'
import { apartTerms, countedTerms, type Measure } from './amounts.ts'
import { isBiogenicCo2 } from './gases.ts'
import type {
  ApartEnergy,
  Gbt32150Report,
  GbtActivity,
  GbtItem,
  GbtItemName,
  Property,
  ReportedLine,
} from './types.ts'

const items: Readonly<Record<GbtItemName, { role: GbtItem['role']; categories: readonly string[] }>> = {
  'fossil-fuel-combustion': { role: 'added', categories: ['stationary-combustion', 'mobile-combustion'] },
  'process-emissions': { role: 'added', categories: ['process-emissions'] },
  'fugitive-emissions': { role: 'added', categories: ['fugitive-emissions'] },
  'purchased-electricity': {
    role: 'added',
    categories: ['purchased-electricity', 'self-generated-electricity'],
  },
  'purchased-heat': { role: 'added', categories: ['purchased-heat', 'purchased-cooling'] },
  'exported-electricity': { role: 'deducted', categories: ['exported-electricity'] },
  'exported-heat': { role: 'deducted', categories: ['exported-heat'] },
}

/** @param energy energy of others, as the totals show it. */
export function gbt32150Report(
  result: PresentedResult,
  energy: readonly ApartEnergy[],
  measure: Measure,
): Gbt32150Report {
  const inOwnPower = partsOf(result)
  const lines = result.lines.filter(({ id, scaling }) => Number(scaling) !== 0 && !inOwnPower.has(id))
  const taken = (Object.keys(items) as GbtItemName[]).map((item) => ({
    item,
    lines: lines.filter(({ category }) => items[item].categories.includes(category)),
  }))
  const terms = taken.flatMap((one) =>
    termsOf(one.lines).map((term) => (items[one.item].role === 'added' ? term : -term)),
  )
  const own = taken.filter(({ item }) => items[item].role === 'added').flatMap((one) => one.lines)
  return {
    structure: 'gb-t-32150',
    total: measure.amount(exactSum(terms)),
    items: taken.map((one) => gbtItem(one.item, one.lines, measure)),
    biomassCo2: measure.sumGases(own.flatMap(({ gases }) => gases.filter(isBiogenicCo2))),
    resold: energy.filter(({ as }) => as === 'resold'),
    sectorGuideline: result.inventory?.sectorGuideline ?? null,
  }
}

/**
 * Lines that were taken off another one. What of own renewable power is fed in was never added, so nothing is deducted for it; what
 * of bought energy is sold on left the line that bought it.
 */
function partsOf({ lines }: PresentedResult): ReadonlySet<string> {
  const exported = new Set(lines.filter(({ apart }) => apart === 'exported').map(({ id }) => id))
  const parts = lines.flatMap(({ working }) =>
    working.filter(({ name }) => name === 'part').map(({ of }) => of ?? ''),
  )
  return new Set(parts.filter((id) => exported.has(id)))
}

function termsOf(lines: readonly ReportedLine[]): number[] {
  return lines.flatMap((line) => (line.apart === undefined ? countedTerms(line) : apartTerms(line)))
}

function gbtItem(item: GbtItemName, lines: readonly ReportedLine[], measure: Measure): GbtItem {
  const groups = Map.groupBy(lines, alikeKey)
  return {
    item,
    role: items[item].role,
    state: lines.length === 0 ? 'without-lines' : 'reported',
    amount: lines.length === 0 ? null : measure.amount(exactSum(termsOf(lines))),
    activities: [...groups.values()].map((group) => activityOf(group, measure)),
  }
}

/** Lines of one fuel with the same properties, or of one factor, are one row of the table. */
function alikeKey(line: ReportedLine): string {
  const { category, activity, fuel, factor, gases } = line
  const properties = [
    property(line, 'netCalorificValue'),
    property(line, 'carbonContent'),
    property(line, 'oxidation'),
  ]
  const weighedBy = fuel
    ? [fuel.table, fuel.version, fuel.id]
    : factor
      ? [factor.table, factor.version, factor.id]
      : gases.map(({ gas }) => gas)
  return JSON.stringify([category, activity.unit, weighedBy, properties])
}

function activityOf(lines: readonly ReportedLine[], measure: Measure): GbtActivity {
  const [first] = lines as [ReportedLine, ...ReportedLine[]]
  const amounts = lines.map(({ activity, scaling }) => Number(activity.amount) * Number(scaling))
  const { factor } = first
  return {
    name: nameOf(first),
    category: first.category,
    activity: { amount: formatDecimal(exactSum(amounts)), unit: first.activity.unit },
    netCalorificValue: property(first, 'netCalorificValue'),
    carbonContent: property(first, 'carbonContent'),
    oxidation: property(first, 'oxidation'),
    factor: factor && { table: factor.table, version: factor.version, id: factor.id },
    source: sourceOf(first),
    lines: lines.map(({ id }) => id),
    amount: measure.amount(exactSum(termsOf(lines))),
  }
}

function nameOf({ fuel, factor, gases, id }: ReportedLine): Names {
  const named = fuel?.name ?? factor?.name
  if (named) return named
  const released = gases.map(({ gas }) => gas).join(', ')
  return { en: released === '' ? id : released, zh: null }
}

/** Where the defaults and factors were read. Empty where everything was measured. */
function sourceOf({ fuel, factor }: ReportedLine): string {
  if (fuel) return `${fuel.table} ${fuel.version}, ${fuel.source}`
  return factor ? `${factor.table} ${factor.version}` : ''
}

function property({ working }: ReportedLine, name: string): Property | null {
  const step = working.find((one) => one.name === name)
  return step === undefined ? null : propertyOf(step)
}

function propertyOf({ value, unit, origin }: Working<string>): Property {
  return { value, unit, origin: origin ?? null }
}
