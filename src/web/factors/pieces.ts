/** What several pages of the registry show alike: names, figures, badges, coverage. */

import { html } from 'hono/html'
import type { EmissionFactor, GwpSet, Names } from '../../engine/types.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import { regionName } from '../../tables/region-names.ts'
import { type Bilingual, inBoth, type Markup } from '../language.ts'
import { wordsFor } from '../wording.ts'
import { familyWords } from './family-words.ts'
import { gasWritten } from './gases.ts'
import { readable } from './numbers.ts'
import { type Headline, headlineOf } from './value.ts'
import { basisNames, confirmationNames, stateNames, unitWritten } from './words.ts'

/** A name in the reader's language; a source that has no Chinese name shows its English one in both. */
export function renderName({ en, zh }: Names): Markup {
  return zh === null || zh === en ? html`<span lang="en">${en}</span>` : inBoth({ zh, en })
}

/** The name in the other language, for whoever knows the thing by that one; nothing where there is no other. */
export function renderOtherName({ en, zh }: Names): Markup {
  if (zh === null || zh === en) return html``
  return html`<span class="other-name"><span data-in="zh" lang="en">${en}</span><span data-in="en" lang="zh-CN">${zh}</span></span>`
}

/** The figure of a factor: the amount large, and what it is per one unit. */
export function renderFigure(factor: EmissionFactor, sets: readonly GwpSet[]): Markup {
  const headline = headlineOf(factor, sets)
  if (headline === null) return html`<span class="figure">${inBoth({ zh: '无数值', en: 'no value' })}</span>`
  const { text, isWhole } = readable(headline.amount)
  return html`<span class="figure"><span class="amount">${isWhole ? '' : html`<span class="about">≈</span>`}${text}</span> <span class="per">${renderMeasure(headline, factor.unit)}</span></span>`
}

/** `kg CO₂e / kWh`. */
function renderMeasure({ of }: Pick<Headline, 'of'>, unit: string): Markup {
  const written = unitWritten(unit)
  const mass = `kg ${gasWritten(of)}`
  return html`<span class="nowrap">${mass}</span> / <span class="nowrap">${inBoth(written)}</span>`
}

/** What the figure rests on, in a few words: who summed it, on which GWPs, or why it counts in no total. */
export function figureNote({ how, basis, apart }: Headline): Bilingual {
  if (apart !== null) return apartNotes[apart]
  if (how === 'mass') return { zh: '气体质量', en: 'gas mass' }
  const named = wordsFor(basisNames, basis ?? '')
  if (how === 'weighed') return { zh: `按 ${named.zh} 在此折算`, en: `weighed here with ${named.en}` }
  if (basis === 'not-stated') return named
  return { zh: `来源按 ${named.zh} 合计`, en: `summed by the source, ${named.en}` }
}

const apartNotes: Readonly<Record<NonNullable<Headline['apart']>, Bilingual>> = {
  'biogenic-co2': { zh: '生物源 CO₂，不计入总量', en: 'biogenic CO₂, outside the total' },
  'outside-groups': { zh: '七类气体之外，不计入总量', en: 'outside the seven groups and the total' },
  uptake: { zh: '吸收或清除，单独列示', en: 'uptake or removal, shown apart' },
  pollutant: { zh: '大气污染物', en: 'air pollutant' },
}

/** A short word set apart; `tone` says how much care it asks for. */
export function renderBadge(text: Bilingual, tone: 'plain' | 'care' | 'stop' | 'good'): Markup {
  return html`<span class="badge" data-tone="${tone}">${inBoth(text)}</span>`
}

/** What stands about an edition that a reader must know beside any number of it. */
export type Standing = Pick<FactorTableVersion, 'state' | 'supersededBy' | 'redistributable'>

/** What a reader must see before the number: standing of the edition, licence, and how sure the row is. */
export function renderBadges(factor: EmissionFactor, version: Standing | undefined): Markup {
  return html`${version === undefined ? '' : renderStanding(version)}${
    factor.confirmation === 'unverified' ? renderBadge(confirmationNames.unverified, 'stop') : ''
  }${version?.redistributable === false ? renderBadge({ zh: '不得转发', en: 'not passed on' }, 'care') : ''}`
}

/** The standing of an edition, where it is not simply the current one. */
export function renderStanding({ state, supersededBy }: Standing): Markup {
  if (state === 'withdrawn') return renderBadge(stateNames.withdrawn, 'stop')
  if (state !== 'superseded') return html``
  return renderBadge({ zh: `已被 ${supersededBy} 取代`, en: `superseded by ${supersededBy}` }, 'care')
}

/** Family, region and year: what a factor is of. */
export function kindText({ family, region, year }: EmissionFactor): Bilingual {
  const [name, place] = [familyWords[family].name, regionName(region)]
  return { zh: `${name.zh} · ${place.zh} · ${year}`, en: `${name.en} · ${place.en} · ${year}` }
}

/** A term and what stands beside it. */
export function renderTerm(name: Bilingual, value: Markup | string): Markup {
  return html`<div><dt>${inBoth(name)}</dt><dd>${value}</dd></div>`
}

/** The way back up, for people and for programs. */
export function renderTrail(
  steps: readonly { readonly href: string; readonly text: Markup | string }[],
): Markup {
  return html`<nav class="trail" aria-label="位置 Breadcrumb"><ol>${steps.map(
    ({ href, text }) => html`<li><a href="${href}">${text}</a></li>`,
  )}</ol></nav>`
}
