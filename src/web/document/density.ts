/**
 * How small a document must be set to stay on one sheet of paper: an estimate of its lines, on the careful side. The print
 * style cuts what is longer still (`document.css`), so that even the fullest credential has one page.
 */

import type { Credential, CredentialSubject } from '../../credential/schema.ts'

export type Density = 'normal' | 'dense' | 'full'

/** Lines that fit beside the parts every document has, by measuring printed sheets. */
const linesMax = { normal: 36, dense: 45 }

/** The widest setting in which the document fits. */
export function densityOf(credential: Credential): Density {
  const lines = linesOf(credential)
  if (lines <= linesMax.normal) return 'normal'
  return lines <= linesMax.dense ? 'dense' : 'full'
}

/** Latin letters on a line of the whole sheet, and of one of its two columns; a Han character takes two. */
const wide = 120
const narrow = 42

/** An estimate of the lines a document takes beyond head, headings and foot. */
export function linesOf({ credentialSubject: subject, notice, limits }: Credential): number {
  const { verification, result, calculation } = subject
  const sentences = [notice, limits, ...verification.parts.map(({ statement }) => statement)]
    .filter((text) => text !== undefined)
    .flatMap(({ zh, en }) => [zh, en])
  return sum([
    ...columnTexts(subject).map((text) => 0.2 + Math.max(1.6, broken(text, narrow)) / 2),
    ...subject.sites.map((site) => broken(JSON.stringify(site), wide)),
    ...subject.exclusions.map((exclusion) => broken(JSON.stringify(exclusion), wide)),
    ...[...sentences, verification.basis ?? ''].map((text) => broken(text, wide)),
    broken(result.flags.map(({ flag }) => flag.padEnd(70)).join(''), wide),
    1.1 * Math.max(result.byKind.length, (result.byScope ?? result.byStage ?? []).length),
    calculation.factorTables.length / 2,
    verification.opinion === 'unmodified' ? 0 : 1.5,
  ])
}

/** What stands in the two columns, as text of about the printed length. */
function columnTexts(subject: CredentialSubject): string[] {
  const {
    holder,
    responsibleParty,
    manufacturer,
    factory,
    product,
    productCategoryRules,
    intendedUsers,
    result,
  } = subject
  const faces = [holder, responsibleParty, manufacturer, factory, product, productCategoryRules]
  return [
    ...faces.filter((face) => face !== undefined).map((face) => Object.values(face).map(plain).join(' ')),
    ...(intendedUsers === undefined ? [] : [intendedUsers]),
    result.gasesNotCovered.join(', '),
    result.gasesOutsideTotal.join(', '),
    subject.standards.map(({ standard }) => standard).join(', '),
    ...Array<string>(7).fill(''),
  ]
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : Object.values(value as object).join(' ')
}

function broken(text: string, width: number): number {
  const han = text.match(/[\u2e80-\uffef]/g)?.length ?? 0
  return Math.ceil((text.length + han) / width)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
