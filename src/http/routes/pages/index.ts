/** Pages for people: the front page, verification, the API reference, looking documents up, documents to read and print, the log, and the factor registry. */

import { renderLanding } from '../../../web/landing.ts'
import { contentSecurityPolicy } from '../../../web/policy.ts'
import { renderReference } from '../../../web/reference.ts'
import { renderVerify } from '../../../web/verify/page.ts'
import { router } from '../../route.ts'
import { answerPage, languageOf } from './answer.ts'
import { complaintPages } from './complaints.ts'
import { answerCredential } from './credential.ts'
import { factorPages } from './factors.ts'
import { friendlyRefusals } from './friendly.ts'
import { answerLog } from './log.ts'
import { lookupPages } from './lookup.ts'

export const pages = router()

pages.use(friendlyRefusals())

pages.get('/', (c) => answerPage(c, renderLanding(languageOf(c))))

pages.get('/docs', (c) => {
  const styleNonce = crypto.randomUUID()
  return answerPage(c, renderReference(languageOf(c), styleNonce), {
    policy: contentSecurityPolicy({ styleNonce }),
  })
})

/** DID documents are asked of this installation only, under the name the world knows it by. */
pages.get('/verify', (c) => {
  const { publicUrl } = c.var.ports.settings
  return answerPage(c, renderVerify(languageOf(c), [new URL(publicUrl).host]), {
    policy: contentSecurityPolicy({ connect: [publicUrl], trustedTypes: true }),
  })
})

pages.get('/credentials/:id', (c) => answerCredential(c, c.req.param('id')))

pages.get('/log', answerLog)

pages.route('/', lookupPages)
pages.route('/', complaintPages)
pages.route('/', factorPages)
