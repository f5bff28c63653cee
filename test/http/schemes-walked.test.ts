/**
 * The schemes under which documents are issued for good, each walked from a draft to the public document; and the national label, refused
 * wherever scheme, category of the product and approval of the body do not agree.
 */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, operatorToken } from './api.ts'
import {
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
  productBody,
  productLines,
  read,
  submit,
} from './cast.ts'
import { type Walk, walked } from './engagement-walk.ts'

const organizationStatement = { id: 'egret-organization-statement', version: '1.4' }
const productStatement = { id: 'egret-product-statement', version: '1.4' }
const ownCertificate = { id: 'egret-product-certificate', version: '1.0' }
const label = { id: 'cn-product-carbon-label', version: '1.0' }

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

const labelStandards = ['GB/T 24067-2024', 'CNCA-CFP-00:2025']
/** What an authority gave a body, on the operator's record. */
async function given(to: Body, changes: Record<string, unknown>): Promise<string> {
  const stated = {
    ...{ kind: 'accreditation', number: 'EX V-001', subjectKinds: ['product'], sectors: ['C'] },
    authority: { en: 'Example authority', zh: '示例主管部门' },
    ...{ source: 'https://authority.example/V-001', validFrom: '2026-01-01T00:00:00Z' },
    ...changes,
  }
  const path = `/v1/organizations/${to.id}/accreditations`
  const answer = await call('POST', path, { token: await operatorToken(), body: stated })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}
const approvalFor = (to: Body, categories: readonly string[], changes: Record<string, unknown> = {}) =>
  given(to, {
    ...{ kind: 'approval', documentKinds: ['certificate'] },
    standards: [...labelStandards, ...categories.map((one) => `CN-PCF ${one}`)],
    ...changes,
  })
const takenBack = async (id: string) =>
  call('POST', `/v1/accreditations/${id}/withdraw`, {
    token: await operatorToken(),
    body: { reason: 'The authority withdrew it.' },
  })

/** Every line rated: very good, but for a year that is not quite the period's. */
const ratedLines = productLines.map((line) => ({
  ...line,
  dataQuality: { reliability: 1, completeness: 1, temporal: 2, geographical: 1, technological: 1 },
}))
const rules = { id: 'PCR-1', edition: '1', operator: 'Example', title: { en: 'Rules', zh: '规则' } }
const product = (code: string | null) => {
  const name = { en: 'Tyre', zh: '轮胎' }
  return { name, ...(code !== null && { codes: [{ system: 'CN-PCF', code }] }) }
}
const labelled = (changes: Record<string, unknown> = {}) =>
  productBody({ scheme: label, product: product('0114'), productCategoryRules: rules, ...changes })

const wholeProduct = [{ part: 'product-footprint', assurance: 'reasonable', materiality: '0.05' }]
const plan = {
  statement: { en: 'A new vulcanizing press by 2027.', zh: '2027 年前更换硫化机。' },
  targets: [
    {
      ...{ label: { en: 'Footprint of a tyre', zh: '单条轮胎碳足迹' }, fromYear: '2024', toYear: '2030' },
      reduction: '0.3',
    },
  ],
}
/** By hand: welding 3 kg of 4, the furnace 2 × 0.5 kg of 4: both above 5 %. */
const productWalk = (certifier: Body, definition: Record<string, unknown>): Walk => ({
  ...{ client, certifier, documentKind: 'certificate', definition, lines: ratedLines, parts: wholeProduct },
  evidence: { kind: 'production-record', linked: ['welding-gas'], forgotten: ['furnace'] },
})

/** The document, as whoever has it verifies it. */
async function verified(jwt: string): Promise<Answer['body']> {
  const { body: told } = await call('POST', '/v1/verifications', { body: { credential: jwt } })
  const failed = told.checks.filter(({ outcome }: { outcome: string }) => outcome === 'failed')
  expect([told.verified, told.development, failed]).toEqual([true, false, []])
  return told.credential
}

describe('a whole engagement', () => {
  test('under the organization statement ends in a statement for good', async () => {
    const certifier = await body()
    await given(certifier, {
      ...{ documentKinds: ['verification-statement'], subjectKinds: ['organization'] },
      standards: ['ISO 14064-1:2018', 'GB/T 32150-2015', 'ISO 14064-3:2019'],
    })
    const { issued } = await walked({
      ...{ client, certifier, documentKind: 'verification-statement', lines: inventoryLines },
      definition: footprintBody({ scheme: organizationStatement }),
      parts: contractReview.parts,
      evidence: { kind: 'invoice', linked: ['power'], forgotten: ['diesel'] },
    })
    const document = await verified(issued.jwt)
    expect(document.complaintsAddress).toMatch(new RegExp(`/bodies/${certifier.slug}/complaints$`))
    for (const member of ['validUntil', 'surveillance', 'mark', 'supersedes', 'firstValidFrom'])
      expect(document).not.toHaveProperty(member)
  }, 120_000)

  test('under the product statement, likewise', async () => {
    const certifier = await body()
    await given(certifier, {
      documentKinds: ['verification-statement'],
      standards: ['ISO 14067:2018', 'GB/T 24067-2024', 'ISO 14064-3:2019'],
    })
    const { issued } = await walked({
      ...productWalk(certifier, productBody({ scheme: productStatement })),
      documentKind: 'verification-statement',
    })
    const document = await verified(issued.jwt)
    expect(document.credentialSubject.verification.parts).toMatchObject([{ assurance: 'reasonable' }])
    expect(document.credentialSubject.result.total).toEqual({ amount: '4.0000', unit: 'kgCO2e' })
  }, 120_000)

  test('under the own certificate ends in a certificate with a mark, and the next takes its place', async () => {
    const certifier = await body()
    const standards = ['ISO 14067:2018', 'GB/T 24067-2024', 'ISO 14064-3:2019']
    await given(certifier, { documentKinds: ['certificate'], standards })
    const walk = productWalk(certifier, productBody({ scheme: ownCertificate }))
    const first = await walked(walk)
    const before = await verified(first.issued.jwt)
    expect(before).toMatchObject({ mark: { identifier: 'own' }, surveillance: { intervalMonths: 12 } })
    const declared = async (engagementId: string) => {
      const path = `/v1/credentials/${first.issued.id}/successions`
      const sent = { engagementId, purpose: 'renewal' }
      const answer = await call('POST', path, { token: client.responsible.token, body: sent })
      expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    }
    const second = await walked({ ...walk, at: { granted: declared } }, false)
    expect(await verified(second.issued.jwt)).toMatchObject({
      supersedes: { credential: before.id, digest: first.issued.digest },
      firstValidFrom: before.validFrom,
    })
  }, 180_000)

  test('under the own certificate is refused where too little of the data is rated, or rated too low', async () => {
    const submitted = async (lines: readonly unknown[]) => {
      const { id } = await draft(client, productBody({ scheme: ownCertificate }), lines)
      return (await submit(client.responsible.token, id)).body
    }
    // Welding, 3 kg of 4, has no rating: 0.25 of the result is rated.
    const [welding, ...others] = ratedLines
    const { dataQuality: _, ...unrated } = welding as (typeof ratedLines)[number]
    expect((await submitted([unrated, ...others])).violations).toMatchObject([{ rule: 'data-quality' }])
    const low = { reliability: 4, completeness: 4, temporal: 4, geographical: 4, technological: 4 }
    const lines = ratedLines.map((line) => ({ ...line, dataQuality: low }))
    expect((await submitted(lines)).violations).toMatchObject([{ rule: 'data-quality' }])
  }, 60_000)
})

describe('the national label', () => {
  test('is certified where scheme, category and approval agree, and refused by name at each step where they do not', async () => {
    const certifier = await body()
    let approval = await approvalFor(certifier, ['0114'])
    const renewed = async () => {
      approval = await approvalFor(certifier, ['0114'])
    }
    const foreseen = async (who: { token: string }, id: string, name: string) => {
      const { moves } = (await read(who.token, id)).body
      return moves.find((one: { move: string }) => one.move === name)
    }
    /** Tried while the approval is withdrawn, and while only another category's is there. */
    const barred = async (id: string, name: string, who: { token: string }, act: () => Promise<Answer>) => {
      expect((await takenBack(approval)).status).toBe(200)
      const other = await approvalFor(certifier, ['0116'])
      const listed = await foreseen(who, id, name)
      expect([listed.possible, listed.because.code], name).toEqual([false, 'accreditation-missing'])
      const answer = await act()
      expect([code(answer), answer.body.guard, answer.body.uncovered.standards], name).toEqual([
        ...['accreditation-missing', 'body-entitled'],
        ['CN-PCF 0114'],
      ])
      await takenBack(other)
      await renewed()
    }
    const { manager, decider, lead } = certifier
    const { issued, id } = await walked({
      ...productWalk(certifier, labelled()),
      plan,
      at: {
        applied: async (engagementId, { accept }) => {
          // Approved for manufacturing, not for power plants.
          const elsewhere = await accept('D44')
          expect([code(elsewhere), elsewhere.body.uncovered.sector]).toEqual(['accreditation-missing', 'D44'])
          await barred(engagementId, 'accept', manager, accept)
        },
        accepted: async (engagementId) => {
          // 91 days from now, of the 90 in which it is to be closed.
          const answerBy = new Date(Date.now() + 91.5 * 86_400_000).toISOString().slice(0, 10)
          const finding = { kind: 'nonconformity', severity: 'major', text: 'A meter is missing.', answerBy }
          const late = await move(lead.token, engagementId, 'findings', finding)
          expect([code(late), late.body.rule, late.body.pointer]).toEqual([
            ...['scheme-violation', 'close-major', '/answerBy'],
          ])
          // Nobody said until when it is answered: the scheme's 30 days, of the 90 it may stay open.
          const { answerBy: _, ...untimed } = finding
          const raised = await move(lead.token, engagementId, 'findings', untimed)
          expect(raised.status, JSON.stringify(raised.body)).toBe(200)
          const [found] = (await read(lead.token, engagementId)).body.findings
          const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
          expect(days(found.answerBy, found.closeBy)).toBe(60)
          const answered = { text: 'It was fitted.' }
          await move(client.responsible.token, engagementId, 'findings/1/answer', answered)
          const closed = { closure: 'resolved', note: 'Seen.' }
          const done = await move(lead.token, engagementId, 'findings/1/close', closed)
          expect(done.status, JSON.stringify(done.body)).toBe(200)
        },
        reviewed: (engagementId, { grant }) => barred(engagementId, 'grant', decider, grant),
        granted: (engagementId, { issue }) => barred(engagementId, 'issue', decider, issue),
      },
    })

    const document = await verified(issued.jwt)
    expect(document).toMatchObject({
      mark: { identifier: 'national-product-carbon-footprint-label' },
      surveillance: { intervalMonths: 12, nextDue: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
      credentialSubject: {
        reductionPlan: plan,
        product: { classifications: [{ system: 'CN-PCF', code: '0114' }] },
        scheme: { filing: { number: 'CNCA-CFP-00:2025' } },
      },
    })
    const shown = (await call('GET', `/v1/public/credentials/${issued.id}/mark`)).body
    expect([shown.mayShow, shown.because]).toEqual([true, []])
    const papers = (await read(client.responsible.token, id)).body.papers as { kind: string }[]
    expect(papers.map(({ kind }) => kind)).toContain('reduction-plan')

    await surveyed(issued.id, lead.token)
    await takenBack(approval)
    const after = (await call('GET', `/v1/public/credentials/${issued.id}/mark`)).body
    expect([after.mayShow, after.because.map(({ obstacle }: { obstacle: string }) => obstacle)]).toEqual([
      ...[false, ['approval-missing']],
    ])
  }, 180_000)

  /** The one surveillance of two years is recorded, once, and shown to everyone. */
  async function surveyed(credentialId: string, token: string): Promise<void> {
    const record = (number: number) => {
      const sent = { number, outcome: 'kept', basis: 'Meters read, plan of reduction kept.' }
      return call('POST', `/v1/credentials/${credentialId}/surveillances`, { token, body: sent })
    }
    const open = () => call('GET', `/v1/public/credentials/${credentialId}/surveillance`)
    expect((await open()).body).toMatchObject({ status: 'kept', next: { number: 1 }, last: null })
    expect(code(await record(2))).toBe('invalid-transition')
    const made = await record(1)
    expect([made.status, made.body.outcome], JSON.stringify(made.body)).toEqual([201, 'kept'])
    expect((await open()).body).toMatchObject({ status: 'kept', next: null, last: { number: 1 } })
    expect(code(await record(2))).toBe('invalid-transition')
  }

  test.each([
    ['names no category', { product: product(null) }, 'category'],
    ['is of a category outside the catalogue', { product: product('0118') }, 'category'],
    [
      'names the code of another classification',
      { product: { ...product(null), codes: [{ system: 'HS', code: '401110' }] } },
      'category',
    ],
    ['names no category rules', { productCategoryRules: null }, 'pcr'],
  ])('is not even drafted for a product that %s', async (_name, changes, rule) => {
    const sent = labelled(changes)
    const answer = await call('POST', '/v1/footprints', { token: client.preparer.token, body: sent })
    const broken = answer.body.violations?.map((one: { rule: string }) => one.rule)
    expect([code(answer), broken], JSON.stringify(answer.body)).toEqual(['scheme-violation', [rule]])
  })

  test('is not drafted for an inventory', async () => {
    const sent = footprintBody({ scheme: label })
    const answer = await call('POST', '/v1/footprints', { token: client.preparer.token, body: sent })
    const broken = answer.body.violations?.map((one: { rule: string }) => one.rule)
    expect([code(answer), broken]).toEqual(['scheme-violation', expect.arrayContaining(['subject'])])
  })

  test('is applied for at a body whose approval names the category, for a certificate only', async () => {
    const { id } = await draft(client, labelled(), ratedLines)
    expect((await submit(client.responsible.token, id)).status).toBe(201)
    const at = (certifier: Body, documentKind = 'certificate') =>
      apply(client.preparer.token, id, certifier.slug, { documentKind })
    const certifier = await body()
    expect(code(await at(certifier))).toBe('accreditation-missing')
    await approvalFor(certifier, ['0116'])
    const other = await at(certifier)
    expect([code(other), other.body.uncovered.standards]).toEqual(['accreditation-missing', ['CN-PCF 0114']])
    // An accreditation of its competence is no approval to certify.
    await approvalFor(certifier, ['0114'], { kind: 'accreditation' })
    expect(code(await at(certifier))).toBe('accreditation-missing')
    await approvalFor(certifier, ['0114'])
    const statement = await at(certifier, 'verification-statement')
    expect([code(statement), statement.body.rule]).toEqual(['scheme-violation', 'document'])
    expect((await at(certifier)).status).toBe(201)
  }, 60_000)
})
