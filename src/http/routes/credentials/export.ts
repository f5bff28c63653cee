/** GET /v1/credentials/export: a body's documents in the columns that Chinese bodies report to their authority, as we read them. */

import { z } from '@hono/zod-openapi'
import { standingAt } from '../../../certification/credential-standing.ts'
import { readCompact } from '../../../credential/compact.ts'
import { type Credential, credentialSchema } from '../../../credential/schema.ts'
import type { ExportedCredential } from '../../../ports/credentials.ts'
import { Problem } from '../../../problem.ts'
import { reasonNames, standingNames } from '../../../web/lookup/standing.ts'
import { dayInChina } from '../../../web/quantity.ts'
import { documentTitles } from '../../../web/wording.ts'
import { type CsvCell, csvForPeople, csvText } from '../../csv.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { PageQuery } from '../../schemas.ts'

/** Column by column: what it is called, and what stands in it. An absent value is an empty cell. */
const columns: readonly (readonly [string, (one: Exported) => CsvCell])[] = [
  ['证书编号', ({ row }) => row.number],
  ['文件类型', ({ document }) => documentTitles[document.type[1]][document.credentialSubject.type].zh],
  ['委托人', ({ holder }) => nameOf(holder.label)],
  ['统一社会信用代码', ({ holder }) => holder.unifiedSocialCreditCode ?? null],
  ['委托人地址', ({ holder }) => nameOf(holder.address)],
  ['生产者', ({ subject }) => nameOf(subject.manufacturer?.label)],
  ['生产企业', ({ subject }) => nameOf(subject.factory?.label)],
  ['生产企业地址', ({ subject }) => nameOf(subject.factory?.address)],
  ['产品名称', ({ subject }) => nameOf(subject.product?.label)],
  ['规格型号', ({ subject }) => modelsOf(subject.product)],
  ['认证依据', ({ subject }) => subject.standards.map(({ standard }) => standard).join('; ')],
  ['认证规则', ({ subject }) => `${nameOf(subject.scheme.label)} ${subject.scheme.version}`],
  ['认证模式', ({ document }) => document.certificationMode?.zh ?? null],
  ['发证日期', ({ document }) => dayInChina(document.validFrom)],
  [
    '有效期至',
    ({ document }) => (document.validUntil === undefined ? null : dayInChina(document.validUntil)),
  ],
  ['证书状态', ({ standing }) => standingNames[standing.standing].zh],
  ['状态日期', ({ standing }) => dayInChina(standing.since.toISOString())],
  ['状态原因', ({ row, standing }) => reasonOf(row, standing.standing)],
  ['替换证书编号', ({ row }) => row.successorNumber],
  ['认证机构', ({ document }) => nameOf(document.issuer.label)],
  ['是否测试', ({ document }) => (document.development ? '是' : '否')],
  ['查询地址', ({ document }) => document.id],
]

/** A document with what its cells are made from. */
interface Exported {
  readonly row: ExportedCredential
  readonly document: Credential
  readonly subject: Credential['credentialSubject']
  readonly holder: Credential['credentialSubject']['holder']
  readonly standing: ReturnType<typeof standingAt>
}

const nameOf = (label: { zh?: string | undefined; en?: string | undefined } | undefined): string | null =>
  label?.zh ?? label?.en ?? null

/** Model, or models where one document covers several, and the specification. */
function modelsOf(product: Credential['credentialSubject']['product']): string | null {
  if (product === undefined) return null
  const { model, models = [], specification } = product
  const named = [model, ...models, specification].filter((part) => part !== undefined)
  return named.length === 0 ? null : named.join('; ')
}

function reasonOf({ reason }: ExportedCredential, standing: keyof typeof standingNames): string | null {
  return reason === null || standing === 'expired' ? null : reasonNames[reason].zh
}

/** What our own database holds is read as it was signed. @throws Problem `stored-object-corrupt`. */
function exported(row: ExportedCredential, now: Date): Exported {
  const read = readCompact(row.jwt)
  const parsed = 'fault' in read ? undefined : credentialSchema.safeParse(read.compact.payload)
  if (parsed?.success !== true) {
    throw new Problem('stored-object-corrupt', 'A stored credential cannot be read.', { credential: row.id })
  }
  const document = parsed.data
  const { credentialSubject: subject } = document
  const validUntil = document.validUntil === undefined ? null : new Date(document.validUntil)
  const standing = standingAt({ status: row.status, statusAt: row.statusAt, validUntil }, now)
  return { row, document, subject, holder: subject.holder, standing }
}

const exportRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/credentials/export',
    operationId: 'exportCredentials',
    tags: ['Credentials'],
    summary: 'The documents your body issued, as CSV in the columns bodies report to their authority',
    description:
      'The columns are our reading of what a Chinese body reports, and no authority’s file format. UTF-8 with a byte order mark; what would be a formula has an apostrophe before it. Public documents, newest first; pages by the Link header.',
    request: { query: PageQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(500) }) },
    responses: {
      200: { description: 'One page', content: { 'text/csv': { schema: z.string() } } },
      ...refusals('invalid-request', 'role-required'),
    },
  },
)

export const credentialExport = router().openapi(exportRoute, async (c) => {
  const { actor, ports } = c.var
  if (actor.organizationKind !== 'certification-body') {
    throw new Problem('role-required', 'Only a certification body reports what it issued.')
  }
  const query = c.req.valid('query')
  const rows = await ports.credentials.exported(actor, pageOf(query))
  const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.issuedAt, row.id))
  const now = ports.world.now()
  const cells = shown.map((row) => {
    const one = exported(row, now)
    return columns.map(([, cell]) => cell(one))
  })
  const text = csvText(
    columns.map(([name]) => name),
    cells,
  )
  c.header('content-disposition', 'attachment; filename="credentials.csv"')
  return c.body(csvForPeople(text), 200, { 'content-type': 'text/csv; charset=utf-8' }) as never
})
