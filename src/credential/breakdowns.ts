/** Breakdowns, as documents name them; schemes speak of them too. */
export { type Breakdown, breakdowns } from '../certification/breakdowns.ts'
