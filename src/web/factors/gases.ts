/** How gases and pollutants are written, and which of them a factor speaks of. */

import { isStated, statedOutsideTotal } from '../../engine/gwp.ts'
import type { EmissionFactor, Flow, Gas } from '../../engine/types.ts'
import type { Bilingual } from '../language.ts'
import { writeGas } from '../quantity.ts'
import { apartOf } from './value.ts'

/** Names whose digits and dashes are no formula. */
const written: Readonly<Record<Gas, string>> = {
  [statedOutsideTotal]: 'CO₂e',
  NOx: 'NOₓ',
  SOx: 'SOₓ',
  PM10: 'PM₁₀',
  'PM2.5': 'PM₂.₅',
  'PM-filterable': 'PM (filterable)',
  'PM-total': 'PM (total)',
  'SO2-per-percent-sulphur': 'SO₂ / % S',
}

/** A gas, a pollutant, or CO2e, with its signs. */
export function gasWritten(gas: Gas): string {
  return Object.hasOwn(written, gas) ? (written[gas] as string) : writeGas(gas)
}

/** Gases named one by one; the others are counted. */
const namedMax = 4

/** Which gases a factor states, which of them stand apart, and which it leaves out by its own word. */
export function coverageText(factor: EmissionFactor): Bilingual {
  const { flows, gasesNotCovered } = factor
  if (flows.every(({ gas }) => isStated(gas)) && gasesNotCovered.length === 0) return sumOnly
  const counted = flows.filter((flow) => apartOf(flow) === null)
  const apart = counted.length === 0 ? [] : flows.filter((flow) => apartOf(flow) !== null)
  const parts = [
    listed(counted.length === 0 ? flows : counted, { zh: '', en: '' }),
    ...(apart.length === 0 ? [] : [listed(apart, { zh: '另列 ', en: 'apart: ' })]),
    ...(gasesNotCovered.length === 0
      ? []
      : [both(gasesNotCovered.map(gasWritten).join(', '), { zh: '未覆盖 ', en: 'not covered: ' })]),
  ]
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') }
}

const sumOnly: Bilingual = { zh: '未分气体', en: 'not gas by gas' }

function listed(flows: readonly Flow[], lead: Bilingual): Bilingual {
  const names = [...new Set(flows.map(nameInList))]
  const shown = both(names.slice(0, namedMax).join(', '), lead)
  if (names.length <= namedMax) return shown
  return { zh: `${shown.zh} 等 ${names.length} 种`, en: `${shown.en} and ${names.length - namedMax} more` }
}

/** The sum of the rest, beside gases, is no gas. */
function nameInList({ gas }: Flow): string {
  return isStated(gas) ? 'CO₂e' : gasWritten(gas)
}

function both(text: string, lead: Bilingual): Bilingual {
  return { zh: lead.zh + text, en: lead.en + text }
}
