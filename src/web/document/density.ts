/**
 * How small a document must be set to stay on one sheet of paper: an estimate of its lines, on the careful side. The print
 * style cuts what is longer still (`document.css`), so that even the fullest credential has one page.
 */

import type { Credential, CredentialSubject } from '../../credential/schema.ts'
import { afterwardsOf } from '../afterwards.ts'
import { exclusionsPrinted, sitesPrinted, tablesPrinted } from './fields.ts'

/** A setting of the print style. */
interface Setting {
  readonly density: Density
  /** Lines after which names and sentences are cut. */
  readonly nameLines: number
  readonly sentenceLines: number
  /** Lines that fit beside head, headings and foot, by measuring printed sheets. */
  readonly linesMax: number
}

export type Density = 'normal' | 'snug' | 'dense' | 'tight' | 'fine' | 'cut' | 'short'

const uncut = { nameLines: Number.POSITIVE_INFINITY, sentenceLines: Number.POSITIVE_INFINITY }

/** The widest first; `short` takes what is left, and cuts so early that everything fits. */
const settings: readonly Setting[] = [
  { density: 'normal', ...uncut, linesMax: 34 },
  { density: 'snug', ...uncut, linesMax: 38 },
  { density: 'dense', ...uncut, linesMax: 45 },
  { density: 'tight', ...uncut, linesMax: 50 },
  { density: 'fine', ...uncut, linesMax: 66 },
  { density: 'cut', nameLines: 2, sentenceLines: 4, linesMax: 66 },
]

/** The widest setting in which the document fits. */
export function densityOf(credential: Credential): Density {
  const fitting = settings.find((setting) => linesOf(credential, setting) <= setting.linesMax)
  return fitting?.density ?? 'short'
}

/** Latin letters on a line of the whole sheet, and of one of its two columns; a Han character takes two. */
const sheet = 120
const column = 42

/** An estimate of the lines a document takes beyond head, headings and foot. */
export function linesOf(credential: Credential, setting: Setting): number {
  const { credentialSubject: subject, notice, limits } = credential
  const { verification, result, calculation, sites, exclusions } = subject
  const { nameLines, sentenceLines } = setting
  const sentences = [notice, limits, ...verification.parts.map(({ statement }) => statement)]
    .filter((text) => text !== undefined)
    .flatMap(({ zh, en }) => [zh, en])
  const halves = columnTexts(subject).map((text) => 0.2 + Math.max(1.6, broken(text, column, nameLines)) / 2)
  return sum([
    ...halves,
    ...listed(sites, sitesPrinted, nameLines),
    ...listed(exclusions, exclusionsPrinted, nameLines),
    ...[...new Set(sentences)].map((text) => broken(text, sheet, sentenceLines)),
    broken(verification.basis ?? '', sheet, sentenceLines),
    broken(result.flags.map(({ flag }) => flag.padEnd(70)).join(''), sheet, sentenceLines),
    1.1 * Math.max((result.byKind ?? []).length, (result.byScope ?? result.byStage ?? []).length),
    ...addedBreakdowns(result).map((rows) => broken(rows, sheet, sentenceLines)),
    listed(calculation.factorTables, tablesPrinted, 1).length / 2,
    calculation.factorTables.slice(0, tablesPrinted).filter((table) => 'kind' in table).length / 2,
    verification.opinion === 'unmodified' ? 0 : 1.5,
    ...afterwardsLines(credential, setting),
  ])
}

/** Heading and fields of what came before and comes after. */
function afterwardsLines(credential: Credential, { nameLines, sentenceLines }: Setting): number[] {
  const said = afterwardsOf(credential)
  const lines = said.map(({ text }) =>
    typeof text === 'string' ? broken(text, sheet, nameLines) : broken(plain(text), sheet, sentenceLines),
  )
  return said.length === 0 ? [] : [2, ...lines]
}

/** The breakdowns that are set as running text, in both languages. */
function addedBreakdowns({
  byIsoCategory,
  byCategory,
  byGas,
  bySite,
}: CredentialSubject['result']): string[] {
  const added = [byIsoCategory, byCategory, byGas, bySite].filter((rows) => rows !== undefined)
  return added.map((rows) => rows.map((row) => plain(row).padEnd(60)).join(''))
}

/** Lines of each item of a list; what is not printed is one line that counts the rest. */
function listed(items: readonly object[], printed: number, nameLines: number): number[] {
  const lines = items.slice(0, printed).map((item) => broken(plain(item), sheet, nameLines))
  return items.length > printed ? [...lines, 1] : lines
}

/** What stands in the two columns, as text of about the printed length. */
function columnTexts(subject: CredentialSubject): string[] {
  const { holder, responsibleParty, manufacturer, factory, product, productCategoryRules: rules } = subject
  const { intendedUsers, standards, result, functionalUnit } = subject
  const parties = [
    ...[holder, responsibleParty, manufacturer, factory, product, rules, intendedUsers],
    functionalUnit?.label,
    subject.methodChoices,
  ]
  return [
    ...parties.filter((party) => party !== undefined).map(plain),
    ...[result.gasesNotCovered, result.gasesOutsideTotal].map((gases) => gases.join(', ')),
    plain(standards),
    ...[result.alternatives, subject.uncertainty, subject.baseYear]
      .filter((field) => field !== undefined)
      .map(() => ''),
    ...(subject.dataQuality === undefined ? [] : ['', '']),
    ...Array<string>(7).fill(''),
  ]
}

/** All texts of a value, in a row. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(plain).join(' ') : ''
}

function broken(text: string, width: number, most: number): number {
  const han = text.match(/[\u2e80-\uffef]/g)?.length ?? 0
  return Math.min(most, Math.ceil((text.length + han) / width))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
