/** What came of a verification, as elements: the verdict, the opinion as large, what the document says, and every check. */

import type { ExaminationOutcome } from '../../certification/engagement.ts'
import { type Credential, isFavourable } from '../../credential/schema.ts'
import type { Check } from '../../credential/verdict.ts'
import type { Verification } from '../../credential/verify.ts'
import { afterwardsOf } from '../afterwards.ts'
import type { Bilingual } from '../language.ts'
import { dayInChina, lastDay, shortDigest, writeAmount, writeUnit } from '../quantity.ts'
import { documentTitles, opinionMeanings, opinionNames, privateTableWords } from '../wording.ts'
import { bilingual, element } from './element.ts'
import { checkTitles, outcomeNames, type Verdict } from './verdict-words.ts'

/** The whole report. */
export function reportOf(verification: Verification, verdict: Verdict): HTMLElement {
  const { credential, checks, development } = verification
  return element(
    'div',
    { class: 'report' },
    development === true ? developmentBand() : null,
    element('div', { class: 'verdicts' }, verdictPanel(verdict), opinionPanel(verification)),
    credential === null ? null : contents(credential, verification.verified),
    element('h2', {}, bilingual({ zh: '逐项检查', en: 'Check by check' })),
    element('ul', { class: 'checks' }, ...checks.map(checkItem)),
    credential === null ? null : sources(credential),
  )
}

function developmentBand(): HTMLElement {
  return element(
    'p',
    { class: 'development' },
    element(
      'strong',
      {},
      bilingual({ zh: '开发测试凭证，不具效力', en: 'Development document: certifies nothing' }),
    ),
  )
}

function verdictPanel({ tone, kind, title, meaning }: Verdict): HTMLElement {
  return element(
    'section',
    { class: 'panel', 'data-tone': tone, 'data-verdict': kind },
    element('h2', { tabindex: '-1', id: 'verdict' }, sign(tone), bilingual(title)),
    element('p', {}, bilingual(meaning)),
  )
}

const signs = { good: '✓', bad: '✗', open: '?' } as const

function sign(tone: keyof typeof signs): HTMLElement {
  return element('span', { class: 'sign', 'aria-hidden': 'true' }, signs[tone])
}

const opinionTones = { unmodified: 'good', modified: 'open', adverse: 'bad', disclaimer: 'bad' } as const
const opinionSigns = { unmodified: '✓', modified: '!', adverse: '✗', disclaimer: '✗' } as const

/** The opinion, as large as the verdict; where the document is not to be believed, neither is its opinion. */
function opinionPanel({ opinion, verified }: Verification): HTMLElement | null {
  if (opinion === null) return null
  const believed = verified ? opinionTones[opinion] : 'none'
  const meaning = verified
    ? opinionMeanings[opinion]
    : {
        zh: '文件未通过验证，其中的意见不可采信。',
        en: 'The document is not verified; do not rely on what it says.',
      }
  return element(
    'section',
    { class: 'panel', 'data-tone': believed, 'data-opinion': opinion },
    element(
      'h2',
      {},
      element('span', { class: 'sign', 'aria-hidden': 'true' }, opinionSigns[opinion]),
      bilingual(opinionNames[opinion]),
    ),
    element('p', {}, bilingual(meaning)),
  )
}

/** What it says, marked as unbelievable where it was not verified. */
function contents(credential: Credential, verified: boolean): HTMLElement {
  const { credentialSubject: subject } = credential
  const { total } = subject.result
  const per = subject.declaredUnit
  const amount = `${writeAmount(total.amount)} ${writeUnit(total.unit)}${per ? ` / ${per.amount} ${per.unit}` : ''}`
  const supported = isFavourable(subject.verification.opinion) ? '' : bilingual(unsupported)
  return element(
    'section',
    { class: 'contents', 'data-verified': String(verified) },
    element('h2', {}, bilingual(verified ? saysTitles.verified : saysTitles.not)),
    element(
      'dl',
      {},
      ...row({ zh: '文件', en: 'Document' }, bilingual(documentTitles[credential.type[1]][subject.type])),
      ...row({ zh: '编号', en: 'No.' }, credential.number),
      ...row({ zh: '标题', en: 'Title' }, subject.title),
      ...row({ zh: '委托人', en: 'Holder' }, named(subject.holder.label)),
      ...row({ zh: '签发机构', en: 'Issued by' }, named(credential.issuer.label)),
      ...row({ zh: '报告期', en: 'Period' }, `${subject.period.start} – ${lastDay(subject.period.end)}`),
      ...row({ zh: '结果', en: 'Result' }, element('span', { class: 'amount' }, amount, ' ', supported)),
      ...row({ zh: '签发', en: 'Issued' }, dayInChina(credential.validFrom)),
      ...(credential.validUntil
        ? row({ zh: '有效期至', en: 'Valid until' }, dayInChina(credential.validUntil))
        : []),
      ...afterwardsOf(credential).flatMap(({ name, text }) =>
        row(name, typeof text === 'string' ? text : bilingual(text)),
      ),
    ),
    verified ? documentLink(credential) : null,
  )
}

const unsupported = { zh: '未获核查机构认可', en: 'not supported by the body' }

const saysTitles = {
  verified: { zh: '文件所述', en: 'What it says' },
  not: { zh: '文件自称（不可采信）', en: 'What it claims (not to be believed)' },
} as const

function row(name: Bilingual, value: Node | string): HTMLElement[] {
  return [element('dt', {}, bilingual(name)), element('dd', {}, value)]
}

function named(label: Credential['issuer']['label']): string {
  return [...new Set([label.zh, label.en])].filter((name) => name !== undefined).join(' ')
}

/** The whole document, where it is one of this installation; other addresses are not followed. */
function documentLink({ id }: Credential): HTMLElement | null {
  const path = /^\/credentials\/[0-9a-f-]{36}$/.exec(new URL(id).pathname)?.[0]
  if (path === undefined || new URL(id).origin !== location.origin) return null
  const text = bilingual({ zh: '查看与打印全文', en: 'Read and print the whole document' })
  return element('p', {}, element('a', { href: path }, text))
}

function checkItem({ name, outcome, reason, reasonZh, facts }: Check): HTMLElement {
  return element(
    'li',
    { 'data-check': name, 'data-outcome': outcome },
    element(
      'span',
      { class: 'mark', 'aria-hidden': 'true' },
      { passed: '✓', failed: '✗', 'not-checked': '–' }[outcome],
    ),
    element('h3', {}, bilingual(checkTitles[name]), element('em', {}, bilingual(outcomeNames[outcome]))),
    element('p', {}, bilingual({ zh: reasonZh, en: reason })),
    factsOf(facts),
  )
}

function factsOf(facts: Check['facts']): HTMLElement | null {
  if (Object.keys(facts).length === 0) return null
  const summary = element('summary', {}, bilingual({ zh: '细节', en: 'Facts' }))
  return element('details', {}, summary, element('pre', { tabindex: '0' }, JSON.stringify(facts, null, 2)))
}

/** Links to what the figure rests on, by digest. */
function sources({ credentialSubject: { calculation, scheme, verification } }: Credential): HTMLElement {
  const { factorTables, gwpSet, engine } = calculation
  const published = [
    ...factorTables.flatMap((one) =>
      'kind' in one
        ? []
        : [{ name: `${one.table} ${one.version}`, path: 'factor-tables', digest: one.digest }],
    ),
    { name: `${gwpSet.identifier} ${gwpSet.version}`, path: 'gwp-sets', digest: gwpSet.digest },
    { name: `${scheme.identifier} ${scheme.version}`, path: 'schemes', digest: scheme.digest },
    { name: `engine ${engine.version}`, path: 'engine', digest: engine.digest, ending: 'mjs' },
  ]
  return element(
    'section',
    { class: 'sources' },
    element('h2', {}, bilingual({ zh: '所依据的公开文件', en: 'Public documents it rests on' })),
    element('ul', {}, ...published.map(sourceItem), ...(verification.factorTables ?? []).map(privateItem)),
  )
}

/** A private table has no public name and no public bytes; what the body says of it stands in their place. */
function privateItem({ digest, opinion }: { digest: string; opinion: ExaminationOutcome }): HTMLElement {
  const words = bilingual(privateTableWords[opinion])
  return element('li', {}, words, ' ', element('code', { title: digest }, `${shortDigest(digest)}…`))
}

function sourceItem(source: { name: string; path: string; digest: string; ending?: string }): HTMLElement {
  const hex = source.digest.replace(/^sha256:/, '')
  const href = `/${source.path}/${hex}.${source.ending ?? 'json'}`
  return element(
    'li',
    {},
    element('a', { href }, source.name),
    ' ',
    element('code', { title: source.digest }, `${shortDigest(source.digest)}…`),
  )
}
