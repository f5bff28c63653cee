/**
 * What a footprint's definition is held to before it is kept: the scheme's rules, a period that can be one, and a size that
 * a credential can print. Each refusal points to the member of the definition that must change.
 */

import { requireFewRanges } from '../../certification/certificate-use.ts'
import { checkClaim, type SchemeRule, type Violation } from '../../certification/check-against-scheme.ts'
import { readProductCodes } from '../../certification/product-codes.ts'
import type { Boundary } from '../../certification/scheme.ts'
import { checkConsolidation, daysOf } from '../../engine/index.ts'
import { moved } from '../../engine/refusals.ts'
import type { CalculationInput, Period } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import type { CalculationDefinition, FootprintDefinition } from '../../ports/footprints.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import { normalized } from '../../record/revision.ts'
import { claimOf, schemeOf } from './definition.ts'
import { oneStatement } from './one-statement.ts'

/** Ten years with their leap days: no reporting period is longer. */
const periodDaysMax = 3653

/**
 * Bytes that a document prints. A credential has at most 64 KiB of base64url, 48 KiB of JSON. Of these a definition may take
 * 16, and with its result and what it stands on 26; the rest is for the scheme's wording, the longest basis of an opinion
 * (12 KB in Chinese) and the persons.
 */
const printedBytesMax = { definition: 16 * 1024, subject: 26 * 1024 } as const

/**
 * A definition in the form in which it is frozen later, held against its scheme.
 *
 * @throws Problem `unknown-scheme`, `scheme-violation`, `invalid-number`, `period-invalid`, `too-many-items`, `invalid-request` for two
 * consolidation approaches, and what is wrong with the tree of entities.
 */
export async function checkedDefinition(
  ports: Pick<Ports, 'registry'>,
  definition: FootprintDefinition,
): Promise<FootprintDefinition> {
  const calculation = pointing(
    (pointer) => `/calculation${pointer}`,
    () => {
      checkPeriod(definition.calculation.period)
      requireFewRanges(definition.calculation)
      return canonicalDefinition(definition.calculation)
    },
  )
  checkBoundary(definition.boundary, calculation)
  const checked = oneStatement({ ...normalized(definition), product: productOf(definition), calculation })
  const { calculation: _calculation, scheme: pin, boundary: _boundary, ...printed } = checked
  requirePrintable('definition', printed)
  const { scheme } = await schemeOf(ports, pin)
  const kind = calculation.kind
  pointing(
    (_pointer, refusal) =>
      places[kind][(refusal.facts.violations as Violation[])[0]?.rule ?? ''] ?? '/calculation',
    () => checkClaim(scheme, claimOf(checked)),
  )
  return checked
}

/** The product with its codes in their one form. */
function productOf({ product }: FootprintDefinition): FootprintDefinition['product'] {
  if (product?.codes === undefined) return normalized(product)
  return { ...normalized(product), codes: readProductCodes(product.codes, '/product/codes') }
}

/** What is not there yet has no form. */
function canonicalDefinition(calculation: CalculationDefinition): CalculationDefinition {
  const { lines: _, ...canonical } = canonicalInput({ ...calculation, lines: [] } as CalculationInput)
  return canonical
}

/** Where a rule that is broken before anything is calculated stands in the definition. */
const common = {
  subject: '/calculation/kind',
  'factor-table': '/calculation/factorTables',
  'private-table': '/calculation/factorTables',
  'gwp-set': '/calculation/gwpSet',
  exclusions: '/exclusions',
} as const satisfies Partial<Record<SchemeRule, string>>
const places: Readonly<Record<'organization' | 'product', Readonly<Record<string, string>>>> = {
  organization: { ...common, boundary: '/consolidationApproach' },
  product: {
    ...common,
    boundary: '/calculation/boundary',
    instruments: '/calculation/contractualInstruments',
    category: '/product/codes',
    pcr: '/productCategoryRules',
  },
}

/** Gives a refusal its pointer into the definition. */
function pointing<Value>(place: (pointer: string, refusal: Problem) => string, act: () => Value): Value {
  try {
    return act()
  } catch (thrown) {
    throw moved(thrown, (pointer = '') => place(pointer, thrown as Problem))
  }
}

function checkPeriod(period: Period): void {
  const { start, end } = pointing(
    () => '/period',
    () => daysOf(period),
  )
  if (end - start <= periodDaysMax) return
  const detail = `A period of ${end - start} days is no reporting period; make a footprint for each year.`
  throw new Problem('period-invalid', detail, { pointer: '/period', daysMax: periodDaysMax })
}

/** An inventory that says whose activities count says it by the approach that the document names, and of a tree that can be one. */
function checkBoundary(boundary: Boundary, calculation: CalculationDefinition): void {
  if (calculation.kind !== 'organization' || calculation.consolidation === undefined) return
  const { consolidation } = calculation
  if (consolidation.approach !== boundary) {
    const detail = `The footprint's consolidation approach is ${boundary}, and its calculation consolidates by ${consolidation.approach}; make them one.`
    throw new Problem('invalid-request', detail, { pointer: '/calculation/consolidation/approach' })
  }
  pointing(
    (pointer) => `/calculation${pointer}`,
    () => checkConsolidation(consolidation),
  )
}

/**
 * Refuses what no credential could hold, while it can still be shortened.
 *
 * @param printed the members that a document prints, by name.
 * @throws Problem `too-many-items` naming the largest of them.
 */
export function requirePrintable(
  what: keyof typeof printedBytesMax,
  printed: Readonly<Record<string, unknown>>,
): void {
  const sizes = Object.entries(printed)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, bytes: canonicalBytes(value).length }))
  const bytes = sizes.reduce((sum, one) => sum + one.bytes, 0)
  const bytesMax = printedBytesMax[what]
  if (bytes <= bytesMax) return
  const { name } = sizes.reduce((largest, one) => (one.bytes > largest.bytes ? one : largest))
  const detail = `What the document prints of this footprint takes ${bytes} bytes, and ${bytesMax} is the most; shorten "${name}".`
  throw new Problem('too-many-items', detail, { pointer: `/${name}`, bytes, bytesMax })
}
