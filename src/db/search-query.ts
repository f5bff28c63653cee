/**
 * What someone typed, as conditions on the index of lexemes: one for each way of matching, from the best to the weakest. The
 * ways exclude each other, so that a row is found once, by its best. Nothing typed is ever read as an operator: words are
 * cut out of it first, and written as quoted lexemes.
 */

import { fold, pairsOf, type Word, wordsOf } from '../tables/fold.ts'
import { marks, nameKeys } from '../tables/search-lexemes.ts'

/** The ways of matching, best first; a row's place among them is the first part of its rank. */
export const matchWays = [
  'id',
  'name',
  'words-in-name-and-kind',
  'name-or-id-begins',
  'whole-words-in-name',
  'words-in-name',
  'words-in-name-or-kind',
  'words-anywhere',
] as const

/** A way of matching as a `tsquery` text. */
export interface Way {
  /** Its place in {@link matchWays}. */
  readonly place: number
  readonly condition: string
}

/** How a word may stand in the index: as it is (or in the plural), or as the beginning of a longer one. */
type Likeness = 'whole' | 'beginning'

const { inName, inKind, elsewhere } = marks

/**
 * The ways for a text, each narrowed to rows that have these lexemes too; none where the text holds no word, and so finds
 * nothing.
 */
export function waysToMatch(text: string, narrowed: readonly string[]): readonly Way[] {
  const words = distinct(wordsOf(text))
  if (words.length === 0) return []
  const all = (likeness: Likeness, places: readonly string[]) =>
    and(words.map((word) => or(places.map((mark) => wordIn(mark, word, likeness)))))
  const ways = [
    quoted(marks.id + fold(text.trim())),
    nameIs(text),
    words.every(isChinese) ? and([all('whole', [inName]), all('whole', [inKind])]) : null,
    nameBegins(text, words),
    all('whole', [inName]),
    all('beginning', [inName]),
    all('beginning', [inName, inKind]),
    all('beginning', [inName, inKind, elsewhere]),
  ]
  return ways.flatMap((way, place): Way[] => {
    const better = ways.slice(0, place)
    if (way === null || better.includes(way)) return []
    const others = betterWays(better).map((one) => `!${one}`)
    return [{ place, condition: [...narrowed.map(quoted), way, ...others].join(' & ') }]
  })
}

/** The last four are by words alone, and each of them holds the one before it: excluding that is enough. */
function betterWays(better: readonly (string | null)[]): readonly string[] {
  const byNames = better.slice(0, byWordsFrom).filter((way) => way !== null)
  const byWords = better.slice(byWordsFrom).filter((way) => way !== null)
  return [...byNames, ...byWords.slice(-1)]
}

const byWordsFrom = matchWays.indexOf('whole-words-in-name')

/** A word of Chinese; one character alone stands in too many words to be one. */
function isChinese(word: Word | undefined): boolean {
  return word?.kind === 'run' && [...word.text].length > 1
}

function nameIs(text: string): string {
  const { spaced, joined } = nameKeys(text)
  return or([quoted(marks.name + spaced), quoted(marks.joinedName + joined)])
}

/** The beginning of a name, at the end of a word where words have ends (`煤` begins `煤（工业用）`, not `煤油`), or of an id. */
function nameBegins(text: string, words: readonly Word[]): string {
  const { spaced } = nameKeys(text)
  const beginning = isChinese(words.at(-1)) ? spaced.trimEnd() : spaced
  return or([`${quoted(marks.name + beginning)}:*`, `${quoted(marks.id + fold(text.trim()))}:*`])
}

function wordIn(mark: string, word: Word, likeness: Likeness): string {
  if (word.kind === 'run') {
    const pairs = pairsOf(word.text)
    return and((pairs.length === 0 ? [word.text] : pairs).map((pair) => quoted(mark + pair)))
  }
  const { parts, joined } = word
  const [only = ''] = parts
  if (parts.length === 1) return partIn(mark, only, likeness)
  // What is typed is a beginning at its end only: the parts before it are whole.
  const last = parts.length - 1
  const apart = parts.map((part, at) => partIn(mark, part, at === last ? likeness : 'whole'))
  return or([partIn(mark, joined, likeness), and(apart)])
}

function partIn(mark: string, part: string, likeness: Likeness): string {
  const stem = stemOf(part)
  if (likeness === 'beginning') return part.length < 2 ? quoted(mark + part) : `${quoted(mark + stem)}:*`
  return or(formsOf(part, stem).map((form) => quoted(mark + form)))
}

/** A word in its singular and plural, each beginning with its stem. */
function formsOf(word: string, stem: string): readonly string[] {
  if (!/^[a-z]{3,}$/.test(word)) return [word]
  return [...new Set([word, ...['', 's', 'es', 'y', 'ies'].map((ending) => stem + ending)])]
}

/** What singular and plural of an English word share: `vehicle`, `batter` of batteries, `gas`. */
function stemOf(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word
  const [, stem = word] =
    /^(.{2,})ies$/.exec(word) ??
    /^(.{2,}[^aeiou])y$/.exec(word) ??
    /^(.*(?:[sxz]|ch|sh))es$/.exec(word) ??
    /^(.*[^su])s$/.exec(word) ??
    []
  return stem
}

function distinct(words: readonly Word[]): readonly Word[] {
  return [...new Map(words.map((word) => [JSON.stringify(word), word])).values()]
}

function and(conditions: readonly string[]): string {
  return joinedBy(' & ', conditions)
}

function or(conditions: readonly string[]): string {
  return joinedBy(' | ', conditions)
}

function joinedBy(operator: string, conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] as string) : `(${conditions.join(operator)})`
}

/** A lexeme as Postgres reads it in `tsquery` and `tsvector` texts. */
export function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
