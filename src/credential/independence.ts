/**
 * Whether a credential shows that nobody certified their own work: whoever prepared, whoever verified, and whoever reviewed and
 * decided must be different persons (ISO/IEC 17029, 17065). Pseudonyms are enough to see that.
 */

import type { AccountedRole, Credential } from './schema.ts'
import { type Check, failed, passed } from './verdict.ts'

/** The three groups that share no person. Reviewer and decision maker may be one (the scheme says whether). */
const sides: Readonly<Record<'client' | 'team' | 'decision', readonly AccountedRole[]>> = {
  client: ['preparer', 'responsible'],
  team: ['lead-verifier', 'verifier', 'technical-expert'],
  decision: ['reviewer', 'decision-maker'],
}
/** Without these nobody answered for it. */
const needed: readonly AccountedRole[] = ['preparer', 'lead-verifier', 'reviewer', 'decision-maker']

/** The check `independence`. */
export function checkIndependence({ credentialSubject: { verification } }: Credential): Check {
  const { persons } = verification
  const missing = needed.filter((role) => !persons.some((person) => person.role === role))
  if (missing.length > 0) {
    const reason = {
      en: `It does not account for: ${missing.join(', ')}.`,
      zh: `未说明以下角色：${missing.join('、')}。`,
    }
    return failed('independence', reason, { missing })
  }
  const shared = sharedPersons(persons)
  if (shared.length > 0) {
    const reason = {
      en: 'One person stands on two sides of the verification.',
      zh: '同一人员同时处于核查的两方。',
    }
    return failed('independence', reason, { shared })
  }
  return passed('independence', good, { persons: new Set(persons.map((person) => person.pseudonym)).size })
}

/** Pseudonyms that occur in more than one group. */
function sharedPersons(persons: Credential['credentialSubject']['verification']['persons']): string[] {
  const groups = Object.values(sides).map(
    (roles) => new Set(persons.filter(({ role }) => roles.includes(role)).map((person) => person.pseudonym)),
  )
  const everyone = new Set(persons.map((person) => person.pseudonym))
  return [...everyone].filter((one) => groups.filter((group) => group.has(one)).length > 1)
}

const good = {
  en: 'Who prepared, who verified, and who reviewed and decided are different persons.',
  zh: '编制人员、核查人员与复核及决定人员互不相同。',
}
