/** Log entries in words. An entry of a type that this page does not know is shown by its type. */

import type { Bilingual } from '../language.ts'
import { moveNames, reasonNames } from '../lookup/standing.ts'
import { wordsFor } from '../wording.ts'

/** An entry as a page tells it. */
export interface ToldEntry {
  readonly index: number
  /** RFC 3339; empty where the entry has none. */
  readonly at: string
  readonly words: Bilingual
  /** What stands beside the words: a number, a name, a DID. */
  readonly about: string
  /** A path of this installation; null where there is nothing to look at. */
  readonly href: string | null
}

type Members = Readonly<Record<string, unknown>>

/** An entry's text, told. @param origin of this installation: links to elsewhere are not made. */
export function tellEntry(index: number, body: string, origin: string): ToldEntry {
  const members = membersOf(body)
  const text = (name: string) => (typeof members[name] === 'string' ? (members[name] as string) : '')
  const told = tellers[text('type')]?.(text, members) ?? unknownEntry(text)
  const { link = '', ...rest } = told
  return { index, at: text('at'), ...rest, href: pathWithin(link, origin) }
}

function membersOf(body: string): Members {
  try {
    const read: unknown = JSON.parse(body)
    return typeof read === 'object' && read !== null ? (read as Members) : {}
  } catch {
    return {}
  }
}

interface Telling {
  readonly words: Bilingual
  readonly about: string
  readonly link?: string
}
type Teller = (text: (name: string) => string, members: Members) => Telling

function unknownEntry(text: (name: string) => string): Telling {
  const type = text('type') || '?'
  return { words: { zh: `其他记录（${type}）`, en: `Another entry (${type})` }, about: '' }
}

const kinds: Readonly<Record<string, Bilingual>> = {
  Certificate: { zh: '证书', en: 'Certificate' },
  VerificationStatement: { zh: '核查声明', en: 'Verification statement' },
}
const acts: Readonly<Record<string, Bilingual>> = {
  published: { zh: '发布', en: 'published' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  recorded: { zh: '登记', en: 'recorded' },
  added: { zh: '启用', en: 'added' },
  retired: { zh: '停用', en: 'retired' },
  compromised: { zh: '泄露', en: 'COMPROMISED' },
}
const purposes: Readonly<Record<string, Bilingual>> = {
  credential: { zh: '凭证签名密钥', en: 'Signing key of credentials' },
  token: { zh: '令牌密钥', en: 'Key of tokens' },
  log: { zh: '日志密钥', en: 'Key of the log' },
  installation: { zh: '本站密钥', en: 'Key of this installation' },
}

const acted = (subject: Bilingual, act: string): Bilingual => {
  const done = wordsFor(acts, act)
  return { zh: `${done.zh}${subject.zh}`, en: `${subject.en} ${done.en}` }
}

const edition = (text: (name: string) => string, name: string) => `${text(name)} ${text('version')}`.trim()

const tellers: Readonly<Record<string, Teller>> = {
  credential: (text, { development }) => {
    const kind = wordsFor(kinds, text('kind'))
    const tried = development === true
    return {
      words: {
        zh: `签发${kind.zh}${tried ? '（开发测试）' : ''}`,
        en: `${kind.en} issued${tried ? ' (development)' : ''}`,
      },
      about: text('issuer'),
      link: text('credential'),
    }
  },
  'credential-status': (text) => {
    const [move, reason] = [wordsFor(moveNames, text('move')), wordsFor(reasonNames, text('reason'))]
    return {
      words: { zh: `${move.zh}文件：${reason.zh}`, en: `Document ${move.en}: ${reason.en}` },
      about: text('issuer'),
      link: text('credential'),
    }
  },
  'factor-table': (text) => ({
    words: acted({ zh: '排放因子表', en: 'Factor table' }, text('act')),
    about: edition(text, 'table') || text('digest'),
  }),
  'gwp-set': (text) => ({
    words: { zh: '发布 GWP 数据集', en: 'GWP set published' },
    about: edition(text, 'identifier'),
  }),
  scheme: (text) => ({
    words: { zh: '发布方案', en: 'Scheme published' },
    about: edition(text, 'identifier'),
  }),
  engine: (text) => ({ words: { zh: '发布计算引擎', en: 'Engine released' }, about: text('version') }),
  key: (text) => ({
    words: acted(wordsFor(purposes, text('purpose')), text('act')),
    about: `${text('owner')} ${text('kid')}`,
  }),
  accreditation: (text) => ({
    words: acted({ zh: '认可或批准', en: 'Accreditation' }, text('act')),
    about: text('body'),
  }),
  trail: (text) => ({ words: { zh: '封存审计记录', en: 'Audit trail sealed' }, about: text('digest') }),
}

/** The path of a document's page here; null for anything else. */
function pathWithin(link: string, origin: string): string | null {
  const path = link.startsWith(`${origin}/`) ? link.slice(origin.length) : ''
  return /^\/credentials\/[0-9a-f-]{36}$/.test(path) ? path : null
}
