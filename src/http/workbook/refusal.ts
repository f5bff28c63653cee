/** What is wrong with a workbook as a whole. */

import { Problem, type ProblemFacts } from '../../problem.ts'

/** `fault` is a sentence without its end, as it is said to the person who has the file. */
export function unfit(fault: string, facts: ProblemFacts = {}): Problem {
  return new Problem('malformed-workbook', `${fault}.`, facts)
}
