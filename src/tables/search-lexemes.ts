/**
 * What a factor can be found by, as marked words for an index of any kind. The mark says where a word stands, so that a match in
 * the name can be told from one in a remark by the index alone.
 */

import { categoryWords } from './category-words.ts'
import { fold, pairsOf, type Word, wordsOf } from './fold.ts'
import type { PublishedFactor } from './format.ts'
import { otherRegionNames, regionName } from './region-names.ts'

/** Marks before a lexeme. */
export const marks = {
  /** The whole id. */
  id: '#',
  /** A whole name, its words with a space after each: also what a name begins with. */
  name: '=',
  /** A whole name without its spaces and joiners: `r410a`. */
  joinedName: '~',
  /** Words by where they stand: id and names; category, family and region; everything else. */
  inName: 'n',
  inKind: 'k',
  elsewhere: 'w',
  /** What a row is, exactly: {@link facetLexeme}. */
  facet: '@',
} as const

/** What a row is, by which an answer is narrowed. */
export const facets = [
  'table',
  'version',
  'category',
  'family',
  'region',
  'year',
  'unit',
  'confirmation',
  'gas',
] as const
export type Facet = (typeof facets)[number]

/** A facet of a row as a lexeme, letter case and all. */
export function facetLexeme(facet: Facet, value: string | number): string {
  return `${marks.facet}${facet}=${value}`
}

/** Characters of a remark that are looked through: more is a document, not a remark. */
const remarkMax = 2000
const nameMax = 200
/** Names that people write with and without joiners are short: `R-410A`, `HFC-134a`. */
const joinedMax = 40

/** A row as it is found: what a published row holds, whichever of it is there. */
export type FindableFactor = Pick<
  PublishedFactor,
  | 'id'
  | 'name'
  | 'category'
  | 'family'
  | 'region'
  | 'year'
  | 'unit'
  | 'confirmation'
  | 'flows'
  | 'source'
  | 'notes'
>

/** All lexemes of a row, without repetitions. */
export function factorLexemes(table: string, version: string, factor: FindableFactor): readonly string[] {
  const { id, name, category, family, region, year, unit, flows, source, notes } = factor
  const names = [name.en, ...(name.zh === null ? [] : [name.zh])]
  const kind = [
    categoryWords(category),
    categoryWords(family),
    region,
    ...namesOf(region),
    ...otherRegionNames(region),
  ]
  const gases = flows.map(({ gas }) => gas)
  const rest = [
    table,
    version,
    String(year),
    unit,
    ...gases,
    ...countryOf(region),
    source.id,
    source.locator,
    notes ?? '',
  ]
  const places = [
    [marks.inName, [id, ...names]],
    [marks.inKind, kind],
    [marks.elsewhere, rest.map((text) => text.slice(0, remarkMax))],
  ] as const
  return [
    ...new Set([
      marks.id + fold(id).slice(0, nameMax),
      ...names.flatMap(segmentsOf).flatMap(nameLexemes),
      ...places.flatMap(([mark, texts]) => marked(mark, texts)),
      ...facetsOf(table, version, factor),
    ]),
  ]
}

function facetsOf(table: string, version: string, factor: FindableFactor): readonly string[] {
  const { category, family, region, year, unit, confirmation, flows } = factor
  const values = { table, version, category, family, region, year, unit, confirmation }
  const gases = flows.map(({ gas }) => facetLexeme('gas', gas))
  return [...Object.entries(values).map(([facet, value]) => facetLexeme(facet as Facet, value)), ...gases]
}

function namesOf(region: string): readonly string[] {
  const { en, zh } = regionName(region)
  return [en, zh]
}

/** The country a part of it belongs to. */
function countryOf(region: string): readonly string[] {
  return /^[A-Z]{2}-/.test(region) ? namesOf(region.slice(0, 2)) : []
}

/**
 * A name; and of one that its publisher writes as a path (`Fuels: Liquid fuels / Diesel / …`) the group and the item, which are
 * what people call it, and of one that begins with its year the rest. What comes after is a variant of the item: a car's `Diesel` is
 * no fuel.
 */
function segmentsOf(name: string): readonly string[] {
  const undated = withoutYear(name)
  const [head = '', item] = undated.split(' / ')
  const whole = undated === name ? [name] : [name, undated]
  return item === undefined ? whole : [...whole, ...head.split(': ').slice(1), item]
}

/** A Chinese name without the year before it: `2023年全国电力…`. The year says which of its rows, not what it is. */
function withoutYear(name: string): string {
  return name.replace(/^\d{4}年/, '')
}

function nameLexemes(name: string): readonly string[] {
  const { spaced, joined } = nameKeys(name)
  if (joined === '') return []
  return [marks.name + spaced, ...(joined.length > joinedMax ? [] : [marks.joinedName + joined])]
}

/**
 * How far a row is from what someone means by a few words that it holds; of two that match alike the nearer is shown first. A name
 * twice as long is one step further: it says more that was not asked. The supply of something, its biogenic memo item, the
 * carbon market's and marginal values of electricity and leased assets are further than the thing itself, a part of a country
 * than the country, and for someone who asks in Chinese all that is not of China.
 */
export function remotenessOf(factor: Pick<FindableFactor, 'name' | 'category' | 'family' | 'region'>): {
  readonly en: number
  readonly zh: number
} {
  const { name, category, family, region } = factor
  const isAside = asideFamilies.has(family) || category.includes('biogenic')
  const steps =
    (isAside ? 2 : 0) + (category.includes('managed') ? 1 : 0) + (/^[A-Z]{2}-/.test(region) ? 1 : 0)
  const abroad = /^CN\b/.test(region) ? 0 : 3
  return { en: steps + doublings(name.en), zh: steps + abroad + doublings(withoutYear(name.zh ?? name.en)) }
}

const asideFamilies: ReadonlySet<string> = new Set([
  'upstream',
  'transmission-and-distribution',
  'electricity-carbon-market',
  'electricity-marginal',
])

/** How often a text of one character is doubled to be as long. */
function doublings(text: string): number {
  return Math.ceil(Math.log2(Math.max(1, [...text].length)))
}

/** A text as a whole name: `r 410a ` and `r410a`; both empty where it holds no word. */
export function nameKeys(text: string): { readonly spaced: string; readonly joined: string } {
  const parts = wordsOf(text).flatMap((word) => (word.kind === 'run' ? [word.text] : word.parts))
  return {
    spaced: parts
      .map((part) => `${part} `)
      .join('')
      .slice(0, nameMax),
    joined: parts.join('').slice(0, nameMax),
  }
}

function marked(mark: string, texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => wordsOf(text).flatMap(lexemesOf)).map((lexeme) => mark + lexeme)
}

function lexemesOf(word: Word): readonly string[] {
  if (word.kind === 'run') return [...word.text, ...pairsOf(word.text)]
  return word.parts.length === 1 ? word.parts : [...word.parts, word.joined]
}
