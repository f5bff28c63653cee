/** What happens to each example on its way to a credential: who owns it, which document is asked for, what the team finds. */

import type { AssuranceLevel, DocumentKind } from '../../src/certification/scheme.ts'
import type { DemoName } from './examples.ts'
import type { NewEnterprise } from './parties.ts'

/** A clarification, raised, answered and closed. */
export interface Question {
  readonly text: string
  readonly lines: readonly string[]
  readonly answer: string
  readonly note: string
}

/** A wrong amount in the first revision: found, sent back, corrected, resubmitted. */
export interface Slip {
  readonly line: string
  /** What the first revision says instead of the right amount. */
  readonly amount: string
  readonly text: string
  readonly answer: string
  readonly note: string
}

/** One example's way. */
export interface Plot {
  readonly enterprise: NewEnterprise
  readonly documentKind: DocumentKind
  /** How the activity data are sent. */
  readonly upload: 'csv' | 'json'
  readonly assurance: AssuranceLevel
  /** Division of GB/T 4754 in which the body judges. */
  readonly sector: string
  readonly finding: Question | Slip
}

const lufeng: NewEnterprise = {
  name: {
    en: 'Xiamen Lufeng Fan Manufacturing Co., Ltd. (fictional)',
    zh: '厦门鹭风风机制造有限公司（虚构示例）',
  },
  country: 'CN',
  persons: { preparer: 'Chen Jing 陈静', responsible: 'Lin Jianguo 林建国' },
}

export const plots: Readonly<Record<DemoName, Plot>> = {
  'organization-food-processing-site': {
    enterprise: {
      name: { en: 'Example Food Processing Pty Ltd (invented name)', zh: '示例食品加工有限公司（虚构名称）' },
      country: 'AU',
      persons: { preparer: 'Olivia Hart', responsible: 'Jack Nolan' },
    },
    documentKind: 'verification-statement',
    upload: 'csv',
    assurance: 'limited',
    sector: 'C14',
    finding: {
      text: 'The electricity is 3000 kWh where the meter says 4000 kWh. On what does the difference rest?',
      lines: ['electricity', 'electricity-upstream'],
      answer:
        'On the 25 % that the published source treats as renewable. It is declared as an exclusion, 1000 kWh with their estimated share, and not as a zero.',
      note: 'Declared with its share; the statement will name it.',
    },
  },
  'product-electricity-from-fuel': {
    enterprise: {
      name: { en: 'Textbook Electricity (invented name)', zh: '教科书电力（虚构名称）' },
      country: 'CN',
      persons: { preparer: 'Xie Fang 谢芳', responsible: 'Guo Wei 郭伟' },
    },
    documentKind: 'certificate',
    upload: 'json',
    assurance: 'reasonable',
    sector: 'D44',
    finding: {
      line: 'electricity-fuel',
      amount: '20',
      text: 'The textbook has 2 L of fuel for 10 kWh; the line has 20 L.',
      answer: 'A decimal slip. Corrected to 2 L in the new revision.',
      note: 'Revision 2 has 2 L; the total agrees with the textbook.',
    },
  },
  'organization-xiamen-factory': {
    enterprise: lufeng,
    documentKind: 'verification-statement',
    upload: 'csv',
    assurance: 'reasonable',
    sector: 'C34',
    finding: {
      text: 'February has 128,700 kWh against some 200,000 in other months. Was a meter down?',
      lines: ['electricity-02'],
      answer: 'The works stood still over Spring Festival, 28 January to 12 February. 春节停产。',
      note: 'Agrees with steam and gas of the same month.',
    },
  },
  'product-xiamen-fan': {
    enterprise: lufeng,
    documentKind: 'certificate',
    upload: 'json',
    assurance: 'limited',
    sector: 'C34',
    finding: {
      line: 'aluminium',
      amount: '94.5',
      text: 'A hundred impellers weigh 900 kg; the line has 94.5 kg of aluminium.',
      answer: 'The decimal point had moved. Corrected to 945 kg in the new revision.',
      note: 'Revision 2 has 945 kg, which agrees with the purchase ledger.',
    },
  },
}
