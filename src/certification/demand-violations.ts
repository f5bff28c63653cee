/** Holds a claim and its result against what a scheme asks for beside factors and limits: categories, their rules, gases, quality of data. */

import type {
  CalculationResult,
  DataQualityResult,
  DataSource,
  Decimal,
  LineResult,
} from '../engine/types.ts'
import type { Claim, Violation } from './check-against-scheme.ts'
import type { ProductCode } from './product-codes.ts'
import type { SchemeSubjectRule } from './scheme.ts'
import type { CatalogueDemand, QualityDemand, RulesDemand } from './scheme-demands.ts'

type Result = CalculationResult<number | Decimal>

/** What can be said before anything is calculated. */
export function claimDemandViolations(subject: SchemeSubjectRule, claim: Claim): Violation[] {
  return [
    ...(subject.catalogue ? categoryViolations(subject.catalogue, claim.codes ?? []) : []),
    ...(subject.pcrs ? rulesViolations(subject.pcrs, claim.rules ?? null) : []),
  ]
}

/** What the result says. */
export function resultDemandViolations(subject: SchemeSubjectRule, result: Result): Violation[] {
  return [
    ...gasViolations(subject, result),
    ...(subject.dataQuality ? qualityViolations(subject.dataQuality, result) : []),
  ]
}

/** The categories of the catalogue that a product says it is of; one that says nothing is of none. */
export function categoriesOf(
  { system, categories }: CatalogueDemand,
  codes: readonly ProductCode[],
): CatalogueDemand['categories'] {
  const said = codes.filter((code) => code.system === system).map(({ code }) => code)
  return categories.filter(({ code }) => said.includes(code))
}

function categoryViolations(catalogue: CatalogueDemand, codes: readonly ProductCode[]): Violation[] {
  if (categoriesOf(catalogue, codes).length > 0) return []
  const said = codes.filter(({ system }) => system === catalogue.system).map(({ code }) => code)
  const detail =
    said.length === 0
      ? `The product names no ${catalogue.system} code, and the scheme takes categories of "${catalogue.source.en}" only.`
      : `The scheme does not take products of ${catalogue.system} ${said.join(', ')}.`
  const accepted = catalogue.categories.map(({ code, name }) => `${catalogue.system} ${code} ${name.en}`)
  return [{ rule: 'category', detail, accepted }]
}

function rulesViolations(demand: RulesDemand, rules: NonNullable<Claim['rules']> | null): Violation[] {
  const accepted =
    demand === 'required'
      ? undefined
      : demand.map(({ operator, ids }) => (ids ? `${operator}: ${ids.join(', ')}` : operator))
  const refused = (detail: string): Violation[] => [{ rule: 'pcr', detail, ...(accepted && { accepted }) }]
  if (rules === null)
    return refused('The scheme asks for product category rules, and the footprint names none.')
  if (demand === 'required') return []
  const isTaken = demand.some(
    ({ operator, ids }) => operator === rules.operator && (ids === undefined || ids.includes(rules.id)),
  )
  return isTaken
    ? []
    : refused(`The scheme does not take the category rules ${rules.id} of ${rules.operator}.`)
}

/** A share is null where nothing weighs anything: then nothing rests on such factors either. */
function gasViolations({ gasCoverage }: SchemeSubjectRule, { flags }: Result): Violation[] {
  const told = flags.find(({ code }) => code === 'gases-not-covered')
  if (gasCoverage === undefined || told === undefined || told.share === null) return []
  const { partialShareMax } = gasCoverage
  if (Number(told.share) <= Number(partialShareMax)) return []
  const gases = told.gases?.length ? ` (${told.gases.join(', ')})` : ''
  const detail = `Factors that leave out gases${gases} make up ${told.share} of the result, above the scheme's limit of ${partialShareMax}.`
  return [{ rule: 'gas-coverage', detail, lines: told.lines }]
}

function qualityViolations(demand: QualityDemand, result: Result): Violation[] {
  const quality = (result.product ?? result.inventory)?.dataQuality
  return [...ratedViolations(demand, result, quality), ...primaryViolations(demand, result)]
}

function ratedViolations(
  { dqrMax, ratedShareMin }: QualityDemand,
  { lines }: Result,
  quality: DataQualityResult<number | Decimal> | undefined,
): Violation[] {
  const unrated = lines.filter((line) => line.dataQuality === undefined).map(({ id }) => id)
  const found: Violation[] = []
  if (ratedShareMin !== undefined && isBelow(quality?.ratedShare, ratedShareMin)) {
    const detail = `Lines with rated data make up ${shown(quality?.ratedShare)} of the result, and the scheme asks for ${ratedShareMin}.`
    found.push({ rule: 'data-quality', detail, lines: unrated })
  }
  const mean = quality?.ratings ? meanOf(Object.values(quality.ratings)) : null
  if (dqrMax !== undefined && mean !== null && mean > Number(dqrMax)) {
    const detail = `The rated data have a mean score of ${mean.toFixed(2)}, and the scheme takes ${dqrMax} at most (1 is best).`
    found.push({ rule: 'data-quality', detail, lines: worseThan(lines, Number(dqrMax)) })
  }
  return found
}

function worseThan(lines: readonly LineResult<number | Decimal>[], dqrMax: number): readonly string[] {
  return lines
    .filter(({ dataQuality }) => dataQuality && meanOf(Object.values(dataQuality)) > dqrMax)
    .map(({ id }) => id)
}

function meanOf(scores: readonly (number | Decimal)[]): number {
  return scores.reduce<number>((sum, score) => sum + Number(score), 0) / scores.length
}

function primaryViolations({ primaryShareMin }: QualityDemand, { product, lines }: Result): Violation[] {
  const primary = product?.primaryDataShare?.primary
  if (primaryShareMin === undefined || !isBelow(primary, primaryShareMin)) return []
  const detail = `Primary data make up ${shown(primary)} of the result, and the scheme asks for ${primaryShareMin}.`
  const others = lines.filter(({ dataSource }) => !dataSource || !isPrimary(dataSource))
  return [{ rule: 'primary-data', detail, lines: others.map(({ id }) => id) }]
}

function isPrimary({ activity, factor = 'primary' }: DataSource): boolean {
  return activity === 'primary' && factor === 'primary'
}

/** What is not told is below any floor; null, where nothing weighs anything, is below none. */
function isBelow(told: number | Decimal | null | undefined, floor: string): boolean {
  return told === undefined ? Number(floor) > 0 : told !== null && Number(told) < Number(floor)
}

function shown(told: number | Decimal | null | undefined): string {
  return told === undefined || told === null ? 'an untold share' : String(told)
}
