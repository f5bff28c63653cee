/** `/credentials/{id}`: the document for people, the signed bytes for whoever asks for them. */

import type { Context } from 'hono'
import { standingNow, surveillanceOf } from '../../../actions/lookup/look-up.ts'
import { readCompact } from '../../../credential/compact.ts'
import { type Credential, credentialSchema } from '../../../credential/schema.ts'
import { credentialKey, frozenCache, headCache } from '../../../ports/objects.ts'
import type { PublicCredential } from '../../../ports/public-credentials.ts'
import { Problem } from '../../../problem.ts'
import { renderDocument } from '../../../web/document/document-page.ts'
import type { DocumentLife } from '../../../web/document/life.ts'
import type { DocumentStanding } from '../../../web/document/standing.ts'
import type { App } from '../../context.ts'
import { Id } from '../../schemas.ts'
import { publicCache } from '../public/cache.ts'
import { answerPage } from './answer.ts'
import { prefers } from './preference.ts'

const mediaType = 'application/vc+jwt'

/** Answers the credential in the form asked for. @throws Problem `not-found`, `stored-object-corrupt`. */
export async function answerCredential(c: Context<App>, id: string): Promise<Response> {
  const bytes = !Id.safeParse(id).success
    ? null
    : await publicCache.read(c.var.ports.objects, credentialKey(id), true)
  if (bytes === null) throw new Problem('not-found', `No credential has the id ${id}.`)
  const jwt = new TextDecoder().decode(bytes)
  if (prefers(c.req.header('accept'), mediaType, 'text/html')) return answerJwt(c, jwt)
  const { publicUrl } = c.var.ports.settings
  const links = {
    verify: `${publicUrl}/verify?credential=${id}`,
    jwt: `/credentials/${id}.jwt`,
    receipt: `/credentials/${id}.tlog-proof`,
    log: '/log',
  }
  const { life, ...standing } = await standingOf(c, id)
  return answerPage(c, renderDocument(readCredential(jwt, id), standing, life, links), {
    cacheControl: standing.standing === 'unknown' ? 'no-store' : headCache,
    vary: 'Accept',
  })
}

/** How it stands at this moment; `unknown` where nobody can say. The document itself is shown also without Postgres. */
async function standingOf(c: Context<App>, id: string): Promise<Known> {
  const { ports } = c.var
  const asOf = ports.world.now()
  try {
    const row = await ports.publicCredentials.find(id)
    if (row !== null) return { ...standingNow(ports, row), asOf, life: await lifeOf(c, row) }
  } catch (thrown) {
    ports.notices.tell('warn', 'standing-unknown', { credential: id, error: thrown })
  }
  return { standing: 'unknown', since: null, reason: null, successor: null, asOf, life: null }
}

type Known = DocumentStanding & { readonly life: DocumentLife | null }

/** What became of it; null where that cannot be had now: how it stands is told all the same. */
async function lifeOf(c: Context<App>, row: PublicCredential): Promise<DocumentLife | null> {
  const { ports } = c.var
  const { id, bodySlug, issuedAt, successor } = row
  try {
    const [moves, predecessors, surveillance] = await Promise.all([
      ports.publicCredentials.moves(id),
      ports.publicCredentials.predecessors(id),
      surveillanceOf(ports, row),
    ])
    return { bodySlug, issuedAt, successor, moves, predecessors, surveillance }
  } catch (thrown) {
    ports.notices.tell('warn', 'standing-unknown', { credential: id, part: 'life', error: thrown })
    return null
  }
}

function answerJwt(c: Context<App>, jwt: string): Response {
  const headers = {
    'content-type': mediaType,
    'cache-control': frozenCache('public'),
    'access-control-allow-origin': '*',
    vary: 'Accept',
  }
  return c.body(jwt, 200, headers)
}

/** What our own bucket holds is shown as it stands; that it reads at all is all that is asked here. */
function readCredential(jwt: string, id: string): Credential {
  const read = readCompact(jwt.trim())
  const parsed = 'fault' in read ? undefined : credentialSchema.safeParse(read.compact.payload)
  if (parsed?.success !== true) {
    throw new Problem('stored-object-corrupt', 'The stored credential cannot be read.', { credential: id })
  }
  return parsed.data
}
