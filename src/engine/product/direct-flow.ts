/**
 * What a process itself lets go or takes up, on a line of a gas: of which kind it is, with which sign it is written, and how much
 * of a change of land use a year counts. Emissions are written positive, uptakes and removals negative, as in a factor's flows; the
 * other sign is refused, because a reader could not tell a credit from a slip.
 */

import { Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import { releasedGas } from '../gwp.ts'
import { type Activity, amountPointer, missing, outOfRange } from '../line-properties.ts'
import { listed } from '../names.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, FlowKind, Gas, GwpSet } from '../types.ts'
import { type ReleaseKind, releaseKinds } from './carbon-types.ts'

/** Kinds that take from the atmosphere; all others give to it. */
export const takingKinds: readonly FlowKind[] = ['biogenic-uptake', 'removal']

/** A change of land use is spread over this many years at least (ISO 14067, IPCC default; from memory). */
const fewestYears = 20

const mostYears = 200

/**
 * Refuses what is said of a direct flow on a line that has none, or said by halves.
 * @throws Problem `line-ambiguous`, `property-missing`, `property-out-of-range`.
 */
export function checkDirectFlow(line: ActivityLine): void {
  if (line.flowKind !== undefined) checkKind(line, line.flowKind)
  if (line.landUseChange !== undefined) checkLandUseChange(line)
  if (line.flowKind === 'land-use-change' && line.landUseChange === undefined) {
    const detail =
      'A change of land use says under landUseChange whether it is direct or indirect, and convertedIn and years where the amount is the whole emission of the conversion.'
    throw missing('/landUseChange', detail)
  }
}

function checkKind(line: ActivityLine, kind: ReleaseKind): void {
  if (!releaseKinds.includes(kind))
    throw outOfRange('/flowKind', `A flow is of kind ${listed(releaseKinds)}; "${kind}" is none of them.`)
  if (line.gas !== undefined) return
  const detail = 'flowKind says what a line’s own gas is; a factor and a fuel say it of each of their flows.'
  throw new Problem('line-ambiguous', detail, { pointer: '/flowKind' })
}

function checkLandUseChange(line: ActivityLine): void {
  const { convertedIn, years } = line.landUseChange ?? {}
  if (line.gas !== undefined && line.flowKind !== 'land-use-change') {
    const detail = 'Only a gas of flowKind land-use-change comes from a change of land use.'
    throw new Problem('line-ambiguous', detail, { pointer: '/landUseChange' })
  }
  if ((convertedIn === undefined) !== (years === undefined)) {
    const absent = years === undefined ? 'years' : 'convertedIn'
    const detail = `convertedIn and years go together: the whole emission of a conversion counts one part of ${fewestYears} years or more in each of them.`
    throw missing(`/landUseChange/${absent}`, detail)
  }
  if (years === undefined) return
  if (line.gas === undefined) {
    const detail = 'A factor’s change of land use is spread over years by its source; say only its kind.'
    throw new Problem('line-ambiguous', detail, { pointer: '/landUseChange/convertedIn' })
  }
  if (Number.isInteger(years) && years >= fewestYears && years <= mostYears) return
  const detail = `A change of land use is spread over whole years, ${fewestYears} to ${mostYears} (a harvest cycle may be longer than ${fewestYears}).`
  throw outOfRange('/landUseChange/years', detail)
}

/**
 * Refuses the wrong sign.
 * @throws Problem `positive-uptake`, `negative-amount`.
 */
export function requireSign(line: ActivityLine, amount: number): void {
  if (takingKinds.includes(line.flowKind ?? 'fossil')) {
    if (amount > 0) throw positiveUptake(line, amount)
  } else if (amount < 0) throw negativeAmount(line, amount)
}

function positiveUptake(line: ActivityLine, amount: number): Problem {
  const detail = `What ${line.flowKind === 'removal' ? 'is removed' : 'is taken up'} is written as a negative mass, e.g. "-1.5"; an emission is of another flowKind.`
  return new Problem('positive-uptake', detail, {
    pointer: `${amountPointer({ ...line, use: undefined })}/amount`,
    given: String(amount),
  })
}

function negativeAmount(line: ActivityLine, amount: number): Problem {
  const detail =
    'Only an input from a process (production it avoids) and a gas that is taken up or removed may be negative; anything else that is less than nothing belongs on no line.'
  return new Problem('negative-amount', detail, {
    pointer: `${amountPointer({ ...line, use: undefined })}/amount`,
    given: String(amount),
  })
}

/**
 * The kind and the gas of a line's own release.
 * @throws Problem `line-ambiguous` for methane whose kind is not told, or that is of two kinds; `property-out-of-range` for an
 * uptake of anything but CO2.
 */
export function directFlow(
  line: ActivityLine,
  set: GwpSet,
): { readonly kind: ReleaseKind; readonly gas: Gas } {
  const kind = line.flowKind ?? 'fossil'
  const gas = at('/gas', () => releasedGas(line.gas as string, set, kind))
  if (!takingKinds.includes(kind) || gas === 'CO2') return { kind, gas }
  throw outOfRange('/gas', `What is taken up or removed is CO2; "${gas.slice(0, 64)}" is not.`)
}

/**
 * What a year of activity counts of an emission: all of it, or of a whole conversion the part of one of its years, and nothing
 * once they are over.
 *
 * @param year of the activity.
 * @throws Problem `property-out-of-range` for a conversion that lies ahead.
 */
export function inYear(line: ActivityLine, whole: Activity, year: number): Activity {
  const { convertedIn, years } = line.landUseChange ?? {}
  if (convertedIn === undefined || years === undefined) return whole
  const since = year - convertedIn
  if (!Number.isInteger(since) || since < 0)
    throw outOfRange('/landUseChange/convertedIn', `The activity is of ${year}, before the conversion.`)
  const amount = since < years ? over(whole.amount, years) : 0
  const working = [
    ...whole.working,
    { name: 'wholeConversion', value: whole.amount, unit: whole.unit },
    { name: 'yearsSinceConversion', value: since, unit: '1' },
    { name: 'amortisationYears', value: years, unit: '1' },
  ]
  return { ...whole, amount, working }
}
