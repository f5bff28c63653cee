/** The parts of a form (RFC 7578) whose bytes were read once, within bounds. */

import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import type { App } from './context.ts'

/** No form here has more parts: a body of megabytes could hold a million. */
const partsMax = 64

/**
 * @param names of the parts that it may have: one that nobody reads would be lost in silence.
 * @throws Problem `invalid-request`, `too-many-items`.
 */
export async function readForm(c: Context<App>, names: readonly string[]): Promise<FormData> {
  const type = c.req.header('content-type') ?? ''
  refuseManyParts(c.var.body, type)
  const form = await parsed(c.var.body, type)
  const other = [...form.keys()].find((name) => !names.includes(name))
  if (other === undefined) return form
  const known = names.map((name) => `"${name}"`).join(' and ')
  const name = other.slice(0, 80)
  const detail = `The form has the parts ${known}; leave out "${name}".`
  throw new Problem('invalid-request', detail, { in: 'body', part: name })
}

async function parsed(body: Uint8Array, type: string): Promise<FormData> {
  try {
    return await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData()
  } catch {
    throw new Problem('invalid-request', 'The body is not the multipart/form-data that its header says.', {
      in: 'body',
    })
  }
}

/** Counted before anything takes them apart. */
function refuseManyParts(body: Uint8Array, type: string): void {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary === undefined) return
  const mark = new TextEncoder().encode(`--${boundary}`)
  let count = 0
  for (let at = indexOf(body, mark, 0); at !== -1; at = indexOf(body, mark, at + mark.length)) {
    count += 1
    if (count > partsMax + 1) {
      const detail = `A form has at most ${partsMax} parts.`
      throw new Problem('too-many-items', detail, { in: 'body', partsMax })
    }
  }
}

function indexOf(body: Uint8Array, mark: Uint8Array, from: number): number {
  const [first = 0] = mark
  for (let at = body.indexOf(first, from); at !== -1; at = body.indexOf(first, at + 1)) {
    if (mark.every((byte, index) => body[at + index] === byte)) return at
  }
  return -1
}

/** The bytes of a part. @throws Problem `invalid-request` unless it is there, once. */
export async function bytesOf(form: FormData, name: string): Promise<Uint8Array> {
  const part = form.get(name)
  if (part === null || form.getAll(name).length > 1) {
    throw new Problem('invalid-request', `The form needs the part "${name}" once.`, {
      in: 'body',
      part: name,
    })
  }
  if (typeof part !== 'string') return new Uint8Array(await part.arrayBuffer())
  if (!part.includes('\uFFFD')) return new TextEncoder().encode(part)
  throw new Problem('invalid-request', `The part "${name}" is not valid UTF-8; save the file as UTF-8.`, {
    part: name,
  })
}

/** The content type of a part, with its charset. */
export function typeOf(form: FormData, name: string): string {
  const part = form.get(name)
  return part === null || typeof part === 'string' ? '' : part.type
}
