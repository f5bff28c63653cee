/** The opinion, as loud as the document itself, and who stands behind it. */

import { html } from 'hono/html'
import type { Credential, CredentialSubject } from '../../credential/schema.ts'
import { type Bilingual, type Markup, sideBySide } from '../language.ts'
import { writeShare } from '../quantity.ts'
import { assuranceNames, opinionMeanings, opinionNames, partNames, wordsFor } from '../wording.ts'

type Verification = CredentialSubject['verification']

/** The band that nobody can overlook. */
export function renderOpinionBand({ opinion }: Verification): Markup {
  return html`<section class="opinion" data-opinion="${opinion}" aria-label="核查意见 Opinion">
<p class="verdict">${sideBySide(opinionNames[opinion])}</p>
<p class="meaning">${sideBySide(opinionMeanings[opinion])}</p>
</section>`
}

/** The band of a document issued for trying out. */
export function renderNotice({ development, notice }: Credential): Markup {
  if (!development) return html``
  return html`<aside class="development" aria-label="开发测试 Development">
<p><strong>${sideBySide({ zh: '开发测试凭证，不具效力', en: 'Development document: certifies nothing' })}</strong></p>
${notice === undefined ? '' : html`<p class="clamp-long">${sideBySide(notice)}</p>`}
</aside>`
}

/** What was said of each part, at which assurance; parts with the same words stand together. */
export function renderStatements(verification: Verification): Markup {
  const groups = Map.groupBy(verification.parts, ({ statement, assurance }) => `${assurance} ${statement.en}`)
  return html`<section class="statements" aria-labelledby="statements">
<h2 id="statements">${sideBySide({ zh: '核查结论', en: 'Conclusion' })}</h2>
${[...groups.values()].map(renderGroup)}
${verification.basis === undefined ? '' : html`<p class="clamp-long"><b>${sideBySide({ zh: '依据', en: 'Basis' })}</b> ${verification.basis}</p>`}
<p class="independence">${sideBySide(independenceOf(verification))}</p>
</section>`
}

function renderGroup(parts: Verification['parts']): Markup {
  const [first] = parts
  if (first === undefined) return html``
  const names = parts.map(({ part }) => wordsFor(partNames, part))
  const assurance = assuranceNames[first.assurance]
  const head = {
    zh: `${names.map(({ zh }) => zh).join('、')}，${assurance.zh}${materialityOf(parts, '，重要性 ')}`,
    en: `${names.map(({ en }) => en).join(', ')}, ${assurance.en}${materialityOf(parts, ', materiality ')}`,
  }
  return html`<p class="clamp-long"><b>${sideBySide(head)}</b> ${sideBySide(first.statement)}</p>`
}

function materialityOf(parts: Verification['parts'], lead: string): string {
  const named = [...new Set(parts.map(({ materiality }) => materiality))].filter(
    (share) => share !== undefined,
  )
  return named.length === 0 ? '' : `${lead}${named.map(writeShare).join(' / ')}`
}

const sides = {
  prepared: ['preparer', 'responsible'],
  verified: ['lead-verifier', 'verifier', 'technical-expert'],
  decided: ['reviewer', 'decision-maker'],
} as const

/** Counts persons by pseudonym; says that the three sides share nobody only where that is so. */
function independenceOf({ persons }: Verification): Bilingual {
  const of = (roles: readonly string[]) =>
    new Set(persons.filter(({ role }) => roles.includes(role)).map(({ pseudonym }) => pseudonym))
  const [prepared, verified, decided] = [of(sides.prepared), of(sides.verified), of(sides.decided)]
  const counts = {
    zh: `编制 ${prepared.size} 人，核查 ${verified.size} 人，复核与决定 ${decided.size} 人`,
    en: `Prepared by ${prepared.size}, verified by ${verified.size}, reviewed and decided by ${decided.size}`,
  }
  const all = new Set([...prepared, ...verified, ...decided])
  if (all.size !== prepared.size + verified.size + decided.size) return counts
  return { zh: `${counts.zh}；三方无一人重复。`, en: `${counts.en}; nobody stands on two sides.` }
}
