/** Problems on the wire (RFC 9457): the document, its schema for OpenAPI, and what an unforeseen failure becomes. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isProblem, Problem, type ProblemCode, problems } from '../problem.ts'
import type { App, AppDeps } from './context.ts'

/** The wire form of a refusal; further members are facts of the problem. */
export const ProblemDocument = z
  .looseObject({
    type: z.string().describe('URL of the page that explains this problem; branch on it'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong here, and how to mend it'),
    instance: z.string().describe('The request id, as in the log'),
    pointer: z.string().optional().describe('RFC 6901 pointer to the field of the request'),
    line: z.int().optional(),
    column: z.int().optional(),
    sheet: z.string().optional().describe('Of a workbook, with `cell`, `row` and `column`'),
    cell: z.string().optional(),
    row: z.int().optional(),
    others: z
      .array(z.looseObject({ code: z.string(), detail: z.string() }))
      .optional()
      .describe('Further refusals of the same file, up to 50, each with its place'),
  })
  .openapi('Problem')

/** A refusal that is part of an answer; it is no failure of the request, so it names no request. */
export const AnsweredProblem = ProblemDocument.omit({ instance: true })
  .extend({ code: z.string().describe('The last part of `type`') })
  .openapi('AnsweredProblem')

interface ProblemResponse {
  description: string
  content: { 'application/problem+json': { schema: typeof ProblemDocument } }
}

/** The OpenAPI responses for these codes, one a status. */
export function refusals(...codes: readonly ProblemCode[]): Record<number, ProblemResponse> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries([...byStatus].map(([status, list]) => [status, problemResponse(list)]))
}

function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    content: { 'application/problem+json': { schema: ProblemDocument } },
  }
}

/** A refusal on the wire, but for the request it came of: its facts, and the page that explains it. */
export function problemMembers({ code, facts }: Pick<Problem, 'code' | 'facts'>, publicUrl: string) {
  const { detail, ...others } = facts
  const { title, status } = problems[code]
  return { ...others, type: `${publicUrl}/problems/${code}`, title, status, detail: String(detail) }
}

export function viewProblem(problem: Problem, publicUrl: string): z.infer<typeof AnsweredProblem> {
  return { ...problemMembers(problem, publicUrl), code: problem.code }
}

/** Answers a refusal as `application/problem+json`. */
export function answerProblem(c: Context<App>, problem: Problem, publicUrl: string): Response {
  c.set('problem', problem.code)
  const body = { ...problemMembers(problem, publicUrl), instance: `urn:uuid:${c.get('requestId')}` }
  const { allowed } = problem.facts
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer'
  if (Array.isArray(allowed)) headers.allow = allowed.join(', ')
  return c.json(body, problem.status as ContentfulStatusCode, headers)
}

/** Turns anything thrown into a problem; what was not foreseen is logged in full and answered bare. */
export function onFailure(deps: AppDeps) {
  return (thrown: Error, c: Context<App>): Response => {
    const problem = foreseen(thrown)
    if (problem === null || problem.status >= 500) logFailure(deps, thrown, c)
    const bare = new Problem('internal-error', 'The failure is in our log under the request id.')
    return answerProblem(c, problem ?? bare, deps.settings.publicUrl)
  }
}

function foreseen(thrown: Error): Problem | null {
  if (isProblem(thrown)) return thrown
  if (isOutOfReach(thrown)) {
    return new Problem('unavailable', 'The database does not take us now; try again in a moment.')
  }
  const status = statusOf(thrown)
  if (status === null || status >= 500) return null
  if (status !== 415) {
    return new Problem('invalid-request', thrown.message || 'The request cannot be read.')
  }
  const detail =
    'The Content-Type cannot be read; write it like "application/json", without empty parameters.'
  return new Problem('unsupported-media-type', detail, { header: 'Content-Type' })
}

/** Too many connections, a database that is starting or stopping, or none at all (PostgreSQL Appendix A, classes 08, 53 and 57). */
const outOfReach = /^(?:08\w{3}|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET)$/

function isOutOfReach(thrown: unknown): boolean {
  const { code, cause } = (thrown ?? {}) as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && outOfReach.test(code)) || (cause !== undefined && isOutOfReach(cause))
}

/** Of an `HTTPException` of the framework, also when it crossed a bundle border; null of anything else. */
function statusOf(thrown: Error): number | null {
  return 'getResponse' in thrown && 'status' in thrown ? Number(thrown.status) : null
}

function logFailure(deps: AppDeps, thrown: Error, c: Context<App>): void {
  deps.log('error', 'failure', {
    requestId: c.get('requestId'),
    method: c.req.method,
    path: c.req.path,
    error: thrown,
    problem: isProblem(thrown) ? { code: thrown.code, ...thrown.facts } : undefined,
  })
}
