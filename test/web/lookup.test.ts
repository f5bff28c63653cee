/** Looking up, the body's page, the log's page and a document's standing, in a real browser. */

import { generateKeyPairSync, sign } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CredentialStatus, ReasonClass } from '../../src/certification/credential-status.ts'
import { faceOf } from '../../src/credential/face.ts'
import type { Credential } from '../../src/credential/schema.ts'
import type { PublicCredential } from '../../src/ports/public-credentials.ts'
import { checkpointText } from '../../src/transparency/checkpoint.ts'
import { entryText } from '../../src/transparency/entries.ts'
import { formatVerifierKey, signatureLine, verifierKey } from '../../src/transparency/note.ts'
import { encodeBundle, tilePath } from '../../src/transparency/tiles.ts'
import { axe, browserPath, openBrowser, skipped, visitWith } from './browser.ts'
import { fullCertificate, organizationStatement, productCertificate } from './credentials.ts'
import { openSite, type Site } from './site.ts'

const id = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`
const numberOf = (digit: number): string => `EGRET-2026-8F3K-000${digit}`
const code = '91350200MA2XXXXX0Y'
const past = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2022-01-01T00:00:00Z' }

let site: Site
let browser: Browser

function rowOf(digit: number, credential: Credential, status: CredentialStatus, reason: ReasonClass | null) {
  const row: PublicCredential = {
    id: id(digit),
    number: credential.number,
    documentKind: 'certificate',
    face: faceOf(credential),
    holderCode: code,
    bodySlug: 'strait',
    digest: `sha256:${'a'.repeat(64)}`,
    leafIndex: digit,
    status,
    statusAt: new Date('2026-11-21T02:00:00Z'),
    reason,
    successor: null,
    issuedAt: new Date('2026-11-20T08:00:00Z'),
  }
  return row
}

async function stand(digit: number, status: CredentialStatus, reason: ReasonClass | null, changes = {}) {
  const credential = productCertificate(site.issuer, site.origin, id(digit), {
    credential: { number: numberOf(digit), ...changes },
  })
  site.publish(id(digit), await site.issuer.sign(credential))
  site.know(rowOf(digit, credential, status, reason))
}

async function growLog(): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32))
  const origin = `${new URL(site.origin).host}/log`
  const key = verifierKey(origin, 'ed25519', raw)
  const credential = `${site.origin}/credentials/${id(1)}`
  const digest = `sha256:${'a'.repeat(64)}` as const
  const [issuer, at] = [site.issuer.did, '2026-11-20T08:00:00Z']
  const kind = 'Certificate'
  const entries = [
    entryText('factor-table', at, { act: 'published', digest, table: 'cn-fuel', version: '2015' }),
    entryText('credential', at, { credential, digest, issuer, kind, development: true }),
    entryText('credential-status', at, {
      credential,
      digest,
      issuer,
      move: 'suspend',
      reason: 'nonconformity',
      effectiveAt: at,
    }),
    '{"type":"from-the-future","at":"2026-11-20T08:00:00Z"}',
  ].map((text) => new TextEncoder().encode(text))
  const text = checkpointText({ origin, size: entries.length, root: new Uint8Array(32) })
  const note = `${text}\n${signatureLine(key, new Uint8Array(sign(null, Buffer.from(text), privateKey)))}`
  await site.keep('log/checkpoint', new TextEncoder().encode(note))
  await site.keep('log/verifier-keys', new TextEncoder().encode(`${formatVerifierKey(key)}\n`))
  const bundle = tilePath({ level: 'entries', index: 0, width: entries.length })
  await site.keep(`log/${bundle}`, encodeBundle(entries))
}

beforeAll(async () => {
  if (browserPath === undefined) return
  site = await openSite()
  browser = await openBrowser()
  await stand(1, 'active', null)
  await stand(2, 'suspended', 'nonconformity')
  await stand(3, 'withdrawn', 'misuse-of-document')
  await stand(4, 'cancelled', 'holder-request')
  await stand(5, 'active', null, past)
  const unknown = organizationStatement(site.issuer, site.origin, id(6))
  site.publish(id(6), await site.issuer.sign(unknown))
  await growLog()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const standings = ['active', 'suspended', 'withdrawn', 'cancelled', 'expired', 'unknown']

describe.skipIf(browserPath === undefined)(`what anyone sees${skipped}`, () => {
  const paths = () => [
    '/',
    '/credentials',
    `/credentials?q=${numberOf(2)}`,
    '/credentials?q=EGRET-2026-0000-0000',
    `/credentials?q=${encodeURIComponent('海峡')}`,
    '/bodies/strait?development=true',
    '/log',
    ...standings.map((_, at) => `/credentials/${id(at + 1)}`),
  ]

  test('is free of axe findings, asks nobody else and complains of nothing, wide and on a phone', async () => {
    for (const path of paths()) {
      for (const [width, locale] of [
        [1200, 'zh-CN'],
        [360, 'en'],
      ] as const) {
        const { page, foreign, complaints } = await visitWith(browser, site.origin, path, { width, locale })
        expect([path, width, await axe(page)]).toEqual([path, width, []])
        expect([path, foreign, complaints]).toEqual([path, [], []])
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        expect([path, width, overflow]).toEqual([path, width, 0])
        const folder = process.env.EGRET_SCREENSHOTS
        if (folder !== undefined) {
          const name = path.replaceAll(/[^\w]+/g, '_').slice(-50)
          await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
        }
        await page.context().close()
      }
    }
  }, 240_000)

  test('below a document stand its moves, its surveillance, and what it replaced; on screen only', async () => {
    const { page } = await visitWith(browser, site.origin, `/credentials/${id(2)}`)
    const life = page.locator('.life')
    for (const told of ['2026-11-21', '不符合要求', 'EGRET-2025-8F3K-0009', 'Surveillance']) {
      expect(await life.innerText()).toContain(told)
    }
    await page.emulateMedia({ media: 'print' })
    expect(await life.isVisible()).toBe(false)
    await page.context().close()
    const { page: unknown } = await visitWith(browser, site.origin, `/credentials/${id(6)}`)
    expect(await unknown.locator('.life').count()).toBe(0)
    await unknown.context().close()
  })

  test('a document that another one replaced leads to it, in a list and on itself', async () => {
    const credential = productCertificate(site.issuer, site.origin, id(7), {
      credential: { number: numberOf(7) },
    })
    site.publish(id(7), await site.issuer.sign(credential))
    const successor = { id: id(1), number: numberOf(1) }
    site.know({ ...rowOf(7, credential, 'superseded', 'renewed'), successor })
    for (const [path, place] of [
      [`/credentials?q=${numberOf(7)}`, '.documents'],
      [`/credentials/${id(7)}`, '.standing-band'],
      [`/credentials/${id(7)}`, '.life'],
    ] as const) {
      const { page } = await visitWith(browser, site.origin, path)
      const link = page.locator(`${place} a[href="/credentials/${id(1)}"]`)
      expect([place, await link.innerText()]).toEqual([place, numberOf(1)])
      expect(await axe(page)).toEqual([])
      await page.context().close()
    }
  })

  test('each document says above everything how it stands, and an unknown standing is never a good one', async () => {
    for (const [at, standing] of standings.entries()) {
      const { page } = await visitWith(browser, site.origin, `/credentials/${id(at + 1)}`)
      const first = page.locator('.sheet > *').first()
      expect(await first.getAttribute('data-standing')).toBe(standing)
      await page.emulateMedia({ media: 'print' })
      expect([standing, await first.isVisible()]).toEqual([standing, standing !== 'active'])
      await page.context().close()
    }
    const { page } = await visitWith(browser, site.origin, `/credentials/${id(6)}`)
    expect(await page.innerText('.standing-band')).toMatch(/状态未知[\s\S]*NOT take it for valid/)
    await page.context().close()
  })

  test('the sheet stays one page with the largest band', async () => {
    const full = fullCertificate(site.issuer, site.origin, id(7))
    site.publish(id(7), await site.issuer.sign(full))
    site.know(rowOf(7, full, 'withdrawn', 'surveillance-not-passed'))
    for (const digit of [3, 7]) {
      const { page } = await visitWith(browser, site.origin, `/credentials/${id(digit)}`)
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      expect([digit, pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length]).toEqual([digit, 1])
      await page.context().close()
    }
  })

  test('one field takes a number, a code and a name, without script too', async () => {
    const { page } = await visitWith(browser, site.origin, '/credentials', { bare: true, locale: 'en' })
    const ask = async (text: string) => {
      await page.fill('#q', text)
      await page.getByRole('button').click()
      return page.innerText('[role=status]')
    }
    expect(await ask(numberOf(3).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'))).toMatch(
      /Withdrawn/,
    )
    expect(await ask('EGRET-2026-0000-0000')).toMatch(/No public document/)
    expect(await ask('91350200MA2XXXXX01')).toMatch(/mistyped/)
    expect(await ask('strait')).toMatch(/Strait Certification/)
    expect(await ask('<img src=x>')).toMatch(/Nothing found/)
    await page.context().close()
  })

  test('the log is told in words, and an entry of an unknown type by its type', async () => {
    const { page } = await visitWith(browser, site.origin, '/log', { locale: 'en' })
    const told = await page.locator('.entries li').allInnerTexts()
    expect(told.join('\n')).toMatch(
      /from-the-future[\s\S]*Document suspended: nonconformity[\s\S]*cn-fuel 2015/,
    )
    expect(await page.locator('[role=alert]').count()).toBe(0)
    expect(await page.innerText('.checking')).toContain('npx egret log fsck')
    await page.context().close()
  })
})
