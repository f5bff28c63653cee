/** What a verifier must see of electricity: power of one generation that nobody says is the product's alone, and a way through the grid that is missing. */

import { boughtElectricity } from '../categories.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'

/** Categories of factors of one generation whose power others buy certificates of; a plant of one's own is no grid. */
const lowCarbon: readonly (string | null)[] = [
  'electricity-wind',
  'electricity-photovoltaic',
  'electricity-solar',
  'electricity-wind-solar',
  'electricity-concentrated-solar',
  'electricity-hydro',
  'electricity-biomass',
  'electricity-nuclear',
]

export const electricityRules = {
  'generation-without-instrument': withoutInstrument,
  'transmission-missing': withoutTransmission,
} as const satisfies Readonly<Record<string, Rule>>

function withoutInstrument(...[{ lines }, , , { placed }]: Parameters<Rule>): readonly Found[] {
  const claimed = new Set(
    placed
      .filter(({ line }) => line.category === boughtElectricity.product && line.instrument === undefined)
      .filter(({ factorCategory }) => lowCarbon.includes(factorCategory))
      .map(({ line }) => line.id),
  )
  return aboutLines(
    'generation-without-instrument',
    lines.filter(({ id }) => claimed.has(id)),
  )
}

function withoutTransmission(...[{ lines }, , , { lackTransmission }]: Parameters<Rule>): readonly Found[] {
  const lacking = new Set(lackTransmission)
  return aboutLines(
    'transmission-missing',
    lines.filter(({ id }) => lacking.has(id)),
  )
}
