/** GET …/verification-report: what was verified, how, and what came of it, out of the engagement's record; JSON or a page to print. */

import { z } from '@hono/zod-openapi'
import { readVerificationReport } from '../../../actions/engagements/verification-report.ts'
import { reportShape } from '../../../report/verification/shape.ts'
import { languages } from '../../../web/language.ts'
import { renderVerificationReport } from '../../../web/report/verification/verification-page.ts'
import { refusals } from '../../problems.ts'
import { reportFormat, reportLanguage, reportPage } from '../../report-format.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'

const formats = ['json', 'html'] as const

const reportRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}/verification-report',
    operationId: 'readVerificationReport',
    tags: ['Engagements'],
    summary: 'The verification report: the body at any time, the client from the decision on',
    description:
      'Made out of the engagement’s record alone, the same bytes for everyone: `digest` names `text` as RFC 8785 writes it. The annex is the body’s.',
    request: {
      params: z.object({ engagementId: Id }),
      query: z.object({
        format: z.enum(formats).optional().describe('Before the Accept header'),
        lang: z.enum(languages).optional().describe('The language the page opens in; it holds both'),
      }),
    },
    responses: {
      200: {
        description: 'The report',
        content: {
          'application/json': { schema: z.object(reportShape).openapi('VerificationReport') },
          'text/html': {
            schema: z.string().describe('One document that needs nothing else, also when saved'),
          },
        },
      },
      ...refusals('invalid-request', 'not-found', 'invalid-transition'),
    },
  },
)

export const verificationReports = router().openapi(reportRoute, async (c) => {
  const { format, lang } = c.req.valid('query')
  const request = { actor: c.var.actor, ...c.req.valid('param') }
  const report = await readVerificationReport(c.var.ports, request)
  c.header('cache-control', 'private, no-cache')
  if (reportFormat(c, formats, format) === 'json') return c.json(report, 200)
  const page = renderVerificationReport(reportLanguage(c, lang), report)
  return reportPage(c, page, `verification-${report.text.period.start}`) as never
})
