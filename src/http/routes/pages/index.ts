/** Pages for people: the front page, verification, the API reference, and documents to read and print. */

import { renderLanding } from '../../../web/landing.ts'
import { contentSecurityPolicy } from '../../../web/policy.ts'
import { renderReference } from '../../../web/reference.ts'
import { router } from '../../route.ts'
import { answerPage, languageOf } from './answer.ts'
import { answerCredential } from './credential.ts'

export const pages = router()

pages.get('/', (c) => answerPage(c, renderLanding(languageOf(c))))

pages.get('/docs', (c) => {
  const styleNonce = crypto.randomUUID()
  return answerPage(c, renderReference(languageOf(c), styleNonce), {
    policy: contentSecurityPolicy({ styleNonce }),
  })
})

pages.get('/credentials/:id{[0-9a-f-]{36}}', (c) => answerCredential(c, c.req.param('id')))
