/** Where a credential comes from: pasted text, a file, or a link of this installation. Nothing else is asked. */

import { jwtLengthMax } from '../../credential/compact.ts'
import type { Bilingual } from '../language.ts'

/** Why nothing could be verified, for people. */
export class NothingToVerify extends Error {
  override name = 'NothingToVerify'
  readonly text: Bilingual

  constructor(text: Bilingual) {
    super(text.en)
    this.text = text
  }
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A credential as pasted: line breaks that mail programs put in are taken out; a link of this installation is followed. */
export async function fromText(text: string): Promise<string> {
  const compact = text.replace(/\s+/g, '')
  if (compact === '') throw new NothingToVerify({ zh: '请先粘贴凭证。', en: 'Paste a credential first.' })
  const id = idInLink(compact)
  return id === undefined ? compact : fromId(id)
}

/** The id in `…/credentials/<id>` or `…/verify?credential=<id>` of this origin. */
function idInLink(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.origin !== location.origin) {
    throw new NothingToVerify({
      zh: `本页只读取 ${location.host} 的凭证；请下载该凭证，再粘贴其内容。`,
      en: `This page reads credentials of ${location.host} only; download that one and paste its text.`,
    })
  }
  return url.searchParams.get('credential') ?? /^\/credentials\/([^/.]+)/.exec(url.pathname)?.[1] ?? ''
}

/** The credential of this installation with that id. */
export async function fromId(id: string): Promise<string> {
  const missing = { zh: '这里没有该编号的凭证。', en: 'There is no credential with this id here.' }
  if (!idForm.test(id)) throw new NothingToVerify(missing)
  const answer = await fetch(`/credentials/${id}.jwt`, { headers: { accept: 'application/vc+jwt' } }).catch(
    () => null,
  )
  if (answer === null)
    throw new NothingToVerify({ zh: '无法连接服务器。', en: 'The server cannot be reached.' })
  if (!answer.ok) throw new NothingToVerify(missing)
  return (await answer.text()).trim()
}

/** A file's text. One larger than any credential is not read. */
export async function fromFile(file: File): Promise<string> {
  if (file.size > jwtLengthMax * 2) {
    throw new NothingToVerify({ zh: '文件过大，不是凭证。', en: 'The file is too large to be a credential.' })
  }
  return (await file.text()).replace(/\s+/g, '')
}
