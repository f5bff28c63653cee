/**
 * The check `status`: every list that the credential names is its own issuer's, signed, in its term, and says nothing against it.
 * What cannot be had or read is a failure: a missing status is never "valid".
 */

import type { Credential } from './schema.ts'
import type { Session, SignedFinding } from './session.ts'
import { bitAt, type ReadStatusList, readStatusList } from './status-list.ts'
import type { StatusPurpose } from './status-purposes.ts'
import { type Check, failed, passed, type Text } from './verdict.ts'

/** Clocks that differ by less are not told apart, seconds. */
const clockSkewSeconds = 60

type Entry = Credential['credentialStatus'][number]

/** Why a list says nothing. */
type ListFault =
  | Extract<SignedFinding, { fault: string }>['fault']
  | 'other-issuer'
  | 'wrong-list'
  | 'wrong-purpose'
  | 'not-yet-valid'
  | 'expired'
  | 'index-out-of-range'

/** What one list says of the credential. */
interface Saying {
  readonly purpose: StatusPurpose
  readonly list: string
  readonly index: string
  readonly fault?: ListFault
  readonly isSet?: boolean
  /** When the list was signed, and from when nobody shall believe it; RFC 3339. */
  readonly asOf?: string
  readonly expires?: string
  readonly ageSeconds?: number
}

export async function checkStatus(credential: Credential, session: Session): Promise<Check> {
  const sayings = await Promise.all(
    credential.credentialStatus.map((entry) => askList(entry, credential.issuer.id, session)),
  )
  const facts = { lists: sayings }
  const wrong = sayings.find(({ fault }) => fault !== undefined)
  const set = sayings.filter(({ isSet }) => isSet).map(({ purpose }) => purpose)
  // A set bit counts also where the other list is silent.
  if (set.includes('revocation')) return failed('status', words.revoked, { ...facts, status: 'revoked' })
  if (set.includes('suspension')) return failed('status', words.suspended, { ...facts, status: 'suspended' })
  if (wrong?.fault !== undefined)
    return failed('status', faultWords(wrong.fault), { ...facts, fault: wrong.fault })
  const oldest = sayings.reduce((a, b) => ((a.asOf ?? '') < (b.asOf ?? '') ? a : b))
  return passed('status', standing(oldest), { ...facts, status: 'valid' })
}

async function askList(entry: Entry, issuer: string, session: Session): Promise<Saying> {
  const { statusPurpose: purpose, statusListCredential: list, statusListIndex: index } = entry
  const named = { purpose, list, index }
  const found = await session.once(`list ${list}`, () => readList(list, session))
  if (!('read' in found)) return { ...named, ...found }
  const { read, ...times } = found
  if (read.issuer !== issuer) return { ...named, ...times, fault: 'other-issuer' }
  if (read.purpose !== purpose) return { ...named, ...times, fault: 'wrong-purpose' }
  const isSet = bitAt(read.bits, Number(index))
  if (isSet === undefined) return { ...named, ...times, fault: 'index-out-of-range' }
  return { ...named, ...times, isSet }
}

type ListFinding =
  | {
      readonly read: ReadStatusList
      readonly asOf: string
      readonly expires: string
      readonly ageSeconds: number
    }
  | Pick<Saying, 'fault' | 'asOf' | 'expires' | 'ageSeconds'>

async function readList(url: string, session: Session): Promise<ListFinding> {
  const signed = await session.signed(url)
  if ('fault' in signed) return signed
  // A list says how things stand today, so its key must be the issuer's word today.
  if (signed.revokedFromLeaf !== null) return { fault: 'key-not-allowed' }
  const read = readStatusList(signed.compact.payload)
  if (read === undefined) return { fault: 'malformed' }
  if (read.url !== url) return { fault: 'wrong-list' }
  const { now, statusAgeMaxSeconds = 0 } = session.means
  const ageSeconds = Math.floor((now.getTime() - Date.parse(read.validFrom)) / 1000)
  const times = { asOf: read.validFrom, expires: read.validUntil, ageSeconds }
  if (ageSeconds < -clockSkewSeconds) return { ...times, fault: 'not-yet-valid' }
  const isOver = now.getTime() >= Date.parse(read.validUntil)
  if (isOver && ageSeconds > statusAgeMaxSeconds) return { ...times, fault: 'expired' }
  return { read, ...times }
}

function standing({ asOf = '', ageSeconds = 0 }: Saying): Text {
  const [en, zh] = ageWords(Math.max(0, ageSeconds))
  return {
    en: `Neither revoked nor suspended as of ${asOf} (${en} ago).`,
    zh: `截至 ${asOf}（${zh}前）未被撤销或暂停。`,
  }
}

/** An age in the largest unit that says it. */
function ageWords(seconds: number): readonly [en: string, zh: string] {
  const units = [
    [86_400, 'day', '天'],
    [3600, 'hour', '小时'],
    [60, 'minute', '分钟'],
  ] as const
  for (const [size, en, zh] of units) {
    const count = Math.floor(seconds / size)
    if (count > 0) return [`${count} ${en}${count === 1 ? '' : 's'}`, `${count} ${zh}`]
  }
  return [`${seconds} second${seconds === 1 ? '' : 's'}`, `${seconds} 秒`]
}

const words = {
  revoked: {
    en: 'It is REVOKED: withdrawn or cancelled, for good.',
    zh: '该文件已被撤销或注销，不可恢复。',
  },
  suspended: { en: 'It is SUSPENDED.', zh: '该文件处于暂停状态。' },
} as const satisfies Record<string, Text>

function faultWords(fault: ListFault): Text {
  return faults[fault]
}

const faults: Readonly<Record<ListFault, Text>> = {
  'host-not-allowed': {
    en: 'The host of its status list is not on the list of hosts that may be asked.',
    zh: '状态列表所在域名不在允许查询的列表中。',
  },
  unreachable: { en: 'Its status list cannot be had.', zh: '无法取得其状态列表。' },
  malformed: { en: 'What its status list should be is none.', zh: '状态列表内容无法识别。' },
  'issuer-unresolved': {
    en: "The DID document of its status list's issuer cannot be had.",
    zh: '无法取得状态列表颁发者的 DID 文档。',
  },
  'key-not-allowed': {
    en: 'Its status list is signed with a key that its issuer does not assert with.',
    zh: '状态列表所用密钥不被其颁发者认可。',
  },
  'bad-signature': { en: 'The signature of its status list does not fit.', zh: '状态列表签名不符。' },
  'other-issuer': { en: 'Its status list is that of another issuer.', zh: '状态列表属于另一颁发者。' },
  'wrong-list': {
    en: 'At the address of its status list there is another one.',
    zh: '该地址上是另一份状态列表。',
  },
  'wrong-purpose': { en: 'Its status list is for another purpose.', zh: '状态列表用途不符。' },
  'not-yet-valid': { en: 'Its status list is from the future.', zh: '状态列表签发时间在未来。' },
  expired: {
    en: 'Its status list is too old: ask for a fresh one.',
    zh: '状态列表已过期，请重新获取。',
  },
  'index-out-of-range': { en: 'Its status list has no such place.', zh: '状态列表中没有该位置。' },
}
