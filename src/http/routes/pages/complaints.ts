/** `/bodies/{slug}/complaints` and `/complaints`: forms that need neither an account nor a script. */

import type { Context } from 'hono'
import { z } from 'zod'
import { eraseOwnContact, type Receipt, readReceived, sayMore } from '../../../actions/cases/receipt.ts'
import { receiveComplaint } from '../../../actions/cases/receive-complaint.ts'
import { readBody as readBodyFace } from '../../../actions/lookup/look-up.ts'
import type { CaseFile } from '../../../ports/cases.ts'
import { isProblem, Problem } from '../../../problem.ts'
import type { Bilingual } from '../../../web/language.ts'
import {
  type ComplaintAsked,
  type ComplaintWritten,
  nothingWritten,
  renderComplaintForm,
  renderComplaintState,
  renderReceived,
} from '../../../web/lookup/complaint-page.ts'
import type { App } from '../../context.ts'
import { readBody } from '../../middleware/body.ts'
import { router } from '../../route.ts'
import { Slug, words } from '../../schemas.ts'
import { ComplaintBody, StatementBody } from '../cases/schema.ts'
import { answerPage, languageOf } from './answer.ts'

const formBytesMax = 48 * 1024
const formBody = readBody(formBytesMax, ['application/x-www-form-urlencoded'])

/** Nobody keeps a form with a key of its own, nor what a receipt opens. */
const unkept = { cacheControl: 'no-store' }

export const complaintPages = router()

complaintPages.get('/bodies/:slug/complaints', async (c) => {
  const body = await bodyOf(c)
  const form = { body, key: c.var.ports.world.newId(), written: nothingWritten, fault: null }
  return answerPage(c, renderComplaintForm(languageOf(c), form, queryOf(c)), unkept)
})

complaintPages.post('/bodies/:slug/complaints', formBody, async (c) => {
  const body = await bodyOf(c)
  const fields = fieldsOf(c)
  const key = keyOf(c)
  const written = writtenOf(fields)
  const again = (fault: Bilingual) =>
    answerPage(c, renderComplaintForm(languageOf(c), { body, key, written, fault }, ''), unkept)
  const read = ComplaintBody.safeParse(complaintOf(written))
  if (!read.success) return again(unreadable)
  try {
    const mark = { ...c.var.mark, idempotencyKey: key }
    const { row, receipt } = await receiveComplaint(c.var.ports, { slug: body.slug, mark, ...read.data })
    return answerPage(c, renderReceived(languageOf(c), { body, number: row.number, receipt }), unkept)
  } catch (thrown) {
    const fault = isProblem(thrown) ? faults[thrown.code] : undefined
    if (fault === undefined) throw thrown
    return again(fault)
  }
})

complaintPages.get('/complaints', (c) => answerState(c, { number: '', receipt: '', found: null }))

complaintPages.post('/complaints', formBody, (c) => {
  const receipt = receiptOf(c)
  return answerFound(c, receipt, () => readReceived(c.var.ports, receipt))
})

complaintPages.post('/complaints/statements', formBody, (c) => {
  const receipt = receiptOf(c)
  const written = (fieldsOf(c).get('text') ?? '').replaceAll('\r\n', '\n').trim()
  const read = StatementBody.safeParse({ text: written })
  if (!read.success) return answerFound(c, receipt, () => readReceived(c.var.ports, receipt), unreadable)
  const mark = { ...c.var.mark, idempotencyKey: keyOf(c) }
  return answerFound(c, receipt, () => sayMore(c.var.ports, { ...receipt, mark, ...read.data }))
})

complaintPages.post('/complaints/erasure', formBody, (c) => {
  const receipt = receiptOf(c)
  return answerFound(c, receipt, () => eraseOwnContact(c.var.ports, { ...receipt, mark: c.var.mark }))
})

/** What came of an act with number and receipt; what was refused is said above how the complaint stands. */
async function answerFound(
  c: Context<App>,
  receipt: Receipt,
  act: () => Promise<CaseFile>,
  fault: Bilingual | null = null,
): Promise<Response> {
  try {
    return await answerState(c, { ...receipt, found: await act(), fault })
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    if (thrown.code === 'not-found') return answerState(c, { ...receipt, found: 'nothing' })
    const refused = faults[thrown.code]
    if (refused === undefined) throw thrown
    return answerState(c, { ...receipt, found: await readReceived(c.var.ports, receipt), fault: refused })
  }
}

async function answerState(c: Context<App>, asked: Omit<ComplaintAsked, 'key'>): Promise<Response> {
  const key = c.var.ports.world.newId()
  const query = c.req.method === 'GET' ? queryOf(c) : ''
  return answerPage(c, renderComplaintState(languageOf(c), { ...asked, key }, query), unkept)
}

function receiptOf(c: Context<App>): Receipt {
  const fields = fieldsOf(c)
  const number = words(100).safeParse(fields.get('number') ?? '').data ?? ''
  const receipt = words(100).safeParse((fields.get('receipt') ?? '').trim()).data ?? ''
  return { number, receipt }
}

/** The key of the form, so that sending it twice is one act. */
function keyOf(c: Context<App>): string {
  return z.uuid().safeParse(fieldsOf(c).get('key')).data ?? c.var.ports.world.newId()
}

const unreadable: Bilingual = {
  zh: '请写明发生了什么（最多 5000 字），并去掉特殊控制字符。',
  en: 'Say what happened, in at most 5,000 characters and without control characters.',
}

const faults: Readonly<Record<string, Bilingual>> = {
  'not-found': {
    zh: '该机构没有此编号的公开文件。请核对编号，或留空。',
    en: 'No public document of this body has this number. Look at it once more, or leave it empty.',
  },
  'invalid-transition': {
    zh: '已经作出决定，不能再补充。',
    en: 'It is decided; nothing can be added any more.',
  },
  'too-many-items': { zh: '补充的次数已达上限。', en: 'As much was added as may be.' },
  'stale-state': { zh: '刚刚有变化，请再试一次。', en: 'It changed just now; try again.' },
  'too-many-cases': {
    zh: '该机构等待处理的投诉已达上限。请稍后再试，或直接联系该机构。',
    en: 'As many complaints wait here as are taken in at once. Try again later, or write to the body itself.',
  },
}

/** @throws Problem `not-found`. */
function bodyOf(c: Context<App>) {
  const slug = c.req.param('slug') ?? ''
  if (!Slug.safeParse(slug).success) throw new Problem('not-found', 'No certification body has this name.')
  return readBodyFace(c.var.ports, slug)
}

function fieldsOf(c: Context<App>): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(c.var.body))
}

/** As it was written, bounded: it is shown again where it is not taken. Forms end lines by CR LF. */
function writtenOf(fields: URLSearchParams): ComplaintWritten {
  const of = (name: string, lengthMax: number) =>
    (fields.get(name) ?? '').replaceAll('\r\n', '\n').slice(0, lengthMax)
  return {
    kind: of('kind', 40),
    document: of('document', 100),
    text: of('text', 5001),
    name: of('name', 100),
    address: of('address', 200),
  }
}

/** A field that is left empty says nothing. */
function complaintOf({ kind, document, text, name, address }: ComplaintWritten) {
  const given = (written: string) => (written.trim() === '' ? null : written.trim())
  const contact = { name: given(name), address: given(address) }
  return { kind, document: given(document), text, contact }
}

const queryOf = (c: Context<App>): string => new URL(c.req.url).search
