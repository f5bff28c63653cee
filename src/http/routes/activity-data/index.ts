/** GET /v1/activity-data/template: the workbook to fill in. */

import { z } from '@hono/zod-openapi'
import { activityTemplate, templateFileNames } from '../../activity-template.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { forAnHour, workbookAnswer, workbookContent } from '../../workbook/answer.ts'

const templateRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/activity-data/template',
    operationId: 'readActivityDataTemplate',
    tags: ['Footprints'],
    summary: 'Download the Excel template for activity data, in Chinese or English',
    description:
      'Instructions, a data sheet with explained columns and lists to choose from, examples that can be imported as they stand, and the lists. Filled in, it is sent as the body of `PUT /v1/footprints/{id}/activity-data` or as the part `activityData` of `POST /v1/calculations`.',
    request: {
      query: z.object({
        lang: z.enum(['zh', 'en']).default('zh'),
        kind: z.enum(['organization', 'product']).default('organization'),
      }),
    },
    responses: {
      200: {
        description: 'An .xlsx workbook',
        content: workbookContent,
      },
      ...refusals('invalid-request'),
    },
  },
)

export const activityData = router().openapi(templateRoute, async (c) => {
  const { lang, kind } = c.req.valid('query')
  const bytes = await activityTemplate(lang, kind)
  return workbookAnswer(bytes, { en: templateFileNames.en, zh: templateFileNames[lang] }, forAnHour) as never
})
