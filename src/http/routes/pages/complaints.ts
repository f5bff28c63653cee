/** `/bodies/{slug}/complaints` and `/complaints`: forms that need neither an account nor a script. */

import type { Context } from 'hono'
import { z } from 'zod'
import { readReceived } from '../../../actions/cases/receipt.ts'
import { receiveComplaint } from '../../../actions/cases/receive-complaint.ts'
import { readBody as readBodyFace } from '../../../actions/lookup/look-up.ts'
import { isProblem, Problem } from '../../../problem.ts'
import type { Bilingual } from '../../../web/language.ts'
import {
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
import { ComplaintBody } from '../cases/schema.ts'
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
  const key = z.uuid().safeParse(fields.get('key')).data ?? c.var.ports.world.newId()
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

complaintPages.get('/complaints', (c) => {
  const asked = { number: '', found: null }
  return answerPage(c, renderComplaintState(languageOf(c), asked, queryOf(c)), unkept)
})

complaintPages.post('/complaints', formBody, async (c) => {
  const fields = fieldsOf(c)
  const number = words(100).safeParse(fields.get('number') ?? '').data ?? ''
  const receipt = words(100).safeParse((fields.get('receipt') ?? '').trim()).data ?? ''
  const found = await readReceived(c.var.ports, { number, receipt }).catch((thrown) => {
    if (isProblem(thrown) && thrown.code === 'not-found') return 'nothing' as const
    throw thrown
  })
  return answerPage(c, renderComplaintState(languageOf(c), { number, found }, ''), unkept)
})

const unreadable: Bilingual = {
  zh: '请写明发生了什么（最多 5000 字），并去掉特殊控制字符。',
  en: 'Say what happened, in at most 5,000 characters and without control characters.',
}

const faults: Readonly<Record<string, Bilingual>> = {
  'not-found': {
    zh: '该机构没有此编号的公开文件。请核对编号，或留空。',
    en: 'No public document of this body has this number. Look at it once more, or leave it empty.',
  },
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
