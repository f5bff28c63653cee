/** GET …/working-paper: a footprint worked out once more by formulas, as a workbook, for whoever has to believe it. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { completeProduct } from '../../../actions/footprints/definition.ts'
import { type PaperFacts, paperFacts } from '../../../actions/footprints/paper-facts.ts'
import { organizationCategoryNames, productCategoryNames } from '../../../web/factors/category-words.ts'
import { type Bilingual, chooseLanguage, type Language, languages } from '../../../web/language.ts'
import { wordsFor } from '../../../web/wording.ts'
import type { App } from '../../context.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'
import { fontNames } from '../../template-page.ts'
import { privately, workbookAnswer, workbookContent } from '../../workbook/answer.ts'
import { workingPaper } from '../../working-paper/paper.ts'
import { productPaper } from '../../working-paper/product/product-paper.ts'
import type { PaperSource } from '../../working-paper/source.ts'
import { type Sheet, writeWorkbook } from '../../working-paper/workbook.ts'

const params = z.object({ footprintId: Id })
const query = z.object({ lang: z.enum(languages).optional().describe('Before the Accept-Language header') })

const answer = {
  description: 'An XLSX workbook whose formulas a spreadsheet recalculates',
  content: workbookContent,
}

const description =
  'The activity data, the published factors and the warming potentials as cells; amounts, gases, lines and sums as formulas over them, beside the figures of the record. Of a product the network too: outputs, exchanges, runs, allocation and the year of each site.'

const draftRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/working-paper',
    operationId: 'draftWorkingPaper',
    tags: ['Footprints'],
    summary: 'Download the working paper of a footprint as it stands',
    description,
    request: { params, query },
    responses: {
      200: answer,
      ...refusals('invalid-request', 'not-found', 'footprint-incomplete', 'too-many-items'),
    },
  },
)

const revisionRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions/{number}/working-paper',
    operationId: 'revisionWorkingPaper',
    tags: ['Footprints'],
    summary: 'Download the working paper of a frozen footprint: its owner, or a body it was put before',
    description,
    request: { params: params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }), query },
    responses: { 200: answer, ...refusals('invalid-request', 'not-found', 'too-many-items') },
  },
)

function sheetsOf(
  source: Omit<PaperSource, 'categoryName'>,
  { definition: { calculation } }: PaperFacts,
  language: Language,
): readonly Sheet[] {
  const named = (names: Readonly<Record<string, Bilingual>>) => (category: string) =>
    wordsFor(names, category)[language]
  if (calculation.kind === 'organization')
    return workingPaper({ ...source, categoryName: named(organizationCategoryNames) }, language)
  const given = { ...source, system: completeProduct(calculation), categoryName: named(productCategoryNames) }
  return productPaper(given, language)
}

async function answered(c: Context<App>, facts: PaperFacts, asked: Language | undefined): Promise<Response> {
  const language = chooseLanguage({
    query: asked,
    cookie: undefined,
    accept: c.req.header('accept-language'),
  })
  const { definition, revision, ...rest } = facts
  const { period, ownFactors = [] } = definition.calculation
  const bytes = await writeWorkbook(
    sheetsOf({ ...rest, title: definition.title, period, ownFactors }, facts, language),
    fontNames[language],
  )
  const state = revision === null ? 'draft' : `revision-${revision}`
  return workbookAnswer(bytes, `working-paper-${period.start}-${state}.xlsx`, {
    ...privately,
    vary: 'accept-language, authorization',
  })
}

export const workingPapers = router()
  .openapi(draftRoute, async (c) => {
    const { footprintId } = c.req.valid('param')
    const facts = await paperFacts(c.var.ports, { actor: c.var.actor, footprintId, number: null })
    return (await answered(c, facts, c.req.valid('query').lang)) as never
  })
  .openapi(revisionRoute, async (c) => {
    const facts = await paperFacts(c.var.ports, { actor: c.var.actor, ...c.req.valid('param') })
    return (await answered(c, facts, c.req.valid('query').lang)) as never
  })
