/** The words of a verification: checks by name, each passed, failed or not made, with its reason in both languages. */

/** Every check, in the order of the report. */
export const checkNames = [
  'format',
  'schema',
  'issuer',
  'key',
  'signature',
  'authority',
  'validity',
  'independence',
  'status',
  'log',
  'witnesses',
  'opinion',
  'recomputation',
] as const
export type CheckName = (typeof checkNames)[number]

export type Outcome = 'passed' | 'failed' | 'not-checked'

/** A text for people. */
export interface Text {
  readonly en: string
  readonly zh: string
}

/** One check. */
export interface Check {
  readonly name: CheckName
  readonly outcome: Outcome
  readonly reason: string
  readonly reasonZh: string
  /** What was looked at, for machines: JSON values only. */
  readonly facts: Readonly<Record<string, unknown>>
}

type Facts = Check['facts']

/** A check that was made and holds. */
export function passed(name: CheckName, reason: Text, facts: Facts = {}): Check {
  return check(name, 'passed', reason, facts)
}

/** A check that was made and does not hold. */
export function failed(name: CheckName, reason: Text, facts: Facts = {}): Check {
  return check(name, 'failed', reason, facts)
}

/** A check that could not be made, or has nothing to look at yet: never to be read as passed. */
export function notChecked(name: CheckName, reason: Text, facts: Facts = {}): Check {
  return check(name, 'not-checked', reason, facts)
}

function check(name: CheckName, outcome: Outcome, { en, zh }: Text, facts: Facts): Check {
  return { name, outcome, reason: en, reasonZh: zh, facts }
}
