/** A line's way to its amount, as a reader follows it. */

import { html } from 'hono/html'
import type { FlagCode } from '../../engine/types.ts'
import type { ReportedLine } from '../../report/types.ts'
import { gasWritten } from '../factors/gases.ts'
import { inBoth, type Markup } from '../language.ts'
import { flagNames, wordsFor } from '../wording.ts'
import { figure, unitText } from './pieces.ts'
import { named, originNames, resolutionNames, workingNames } from './words.ts'

/** A line with what must be known of it. */
type Told = ReportedLine & { readonly flags: readonly FlagCode[] }

/**
 * Working steps, how often the line counts, gases, resolution and flags, one after the other.
 *
 * @param counted how often it counts, where that is not once.
 */
export function wayOf(line: Told, counted: Markup | string): Markup {
  const { working, gases, flags } = line
  const steps = working.map(
    ({ name, value, unit, origin, of }) =>
      html`<span class="step">${inBoth(wordsFor(workingNames, name))}${of === undefined ? '' : ` ${of}:`} ${name === 'priceYear' ? value : figure(value)}${unit === '1' || name === 'priceYear' ? '' : html` ${inBoth(unitText(unit))}`}${origin === undefined ? '' : html` (${inBoth(originNames[origin])})`}</span>`,
  )
  const beside = (line.beside ?? []).map(
    ({ name, table, version, id, gases: taken }) =>
      html`<span class="step">+ ${taken.map(gasWritten).join(', ')}: ${inBoth(named(name))} <span class="code">${table} ${version} · ${id}</span></span>`,
  )
  const path = (line.fuel ?? line.factor)?.path ?? []
  const found =
    path.length === 0
      ? ''
      : html`<span class="step code">${path.map(({ step, took }, at) => html`${at === 0 ? '' : ' → '}${inBoth(resolutionNames[step])} ${took}`)}</span>`
  const masses = gases.map(
    ({ gas, kg, kgCo2e, inTotal }) =>
      html`<span class="step">${kg === null ? `${figure(kgCo2e ?? '0')} kg CO₂e` : `${gasWritten(gas)} ${figure(kg)} kg`}${inTotal ? '' : html` (${inBoth({ zh: '不计入', en: 'not counted' })})`}</span>`,
  )
  const noted = flags.map((flag) => html`<span class="step flag">${inBoth(wordsFor(flagNames, flag))}</span>`)
  return html`${steps}${counted}${masses}${beside}${found}${noted}`
}
