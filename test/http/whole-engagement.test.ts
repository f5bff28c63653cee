/**
 * A whole engagement under a scheme that asks for everything: from a draft to the document, each step by the person it belongs to, and each gate
 * first tried before what it asks for is there.
 */

import { beforeAll, describe, expect, test } from 'vitest'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  contractReview,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventoryLines,
  move,
  read,
  submit,
} from './cast.ts'
import { teamPapers, walked } from './engagement-walk.ts'

const scheme = { id: 'egret-development', version: '1.5' }

let client: Enterprise
let certifier: Body
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

describe('an engagement under a scheme that asks for everything', () => {
  test('goes from draft to document, and through no gate before its time', async () => {
    const { id, requests } = await walked({
      ...{ client, certifier, documentKind: 'verification-statement', lines: inventoryLines },
      definition: footprintBody({ scheme }),
      parts: contractReview.parts,
      // Diesel is 11 % of the inventory and has no evidence at first: 5 % asks for some.
      evidence: { kind: 'invoice', linked: ['power'], forgotten: ['diesel'] },
    })
    const seen = (await read(certifier.manager.token, id)).body
    expect(seen.state).toBe('issued')
    expect(seen.papers.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining([
        ...['agreement', 'agreement-signature', 'review-notes'],
        ...Object.keys(teamPapers('scope-2', 'power')),
      ]),
    )
    console.info(`a full engagement in ${requests.length} requests: ${requests.join(', ')}`)
  }, 120_000)

  test('is stopped by a tie that its reviewer declares, until another reviews', async () => {
    const { id: footprintId } = await draft(client, footprintBody({ scheme }))
    await submit(client.responsible.token, footprintId)
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    const tie = {
      kind: 'consultancy',
      party: 'The client',
      from: '2025-01-01',
      description: 'Its inventory.',
    }
    const declared = { kind: 'impartiality-declaration', body: { ties: [tie] } }
    expect((await move(certifier.manager.token, id, 'papers', declared)).status).toBe(200)
    const answer = await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    expect([code(answer), answer.body.ties]).toEqual(['not-independent', ['consultancy']])
  })
})
