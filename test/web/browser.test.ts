import fc from 'fast-check'
import jsQR from 'jsqr'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Credential } from '../../src/credential/schema.ts'
import {
  axe,
  browserPath,
  openBrowser,
  skipped,
  type VisitOptions,
  visitWith,
  type Watched,
} from './browser.ts'
import {
  type Changes,
  fullCertificate,
  makeIssuer,
  organizationStatement,
  productCertificate,
} from './credentials.ts'
import { listDigits, openSite, type Site } from './site.ts'

const id = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`

let site: Site
let browser: Browser
const open: BrowserContext[] = []

beforeAll(async () => {
  if (browserPath === undefined) return
  site = await openSite()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function visit(path: string, options: VisitOptions = {}): Promise<Watched> {
  const watched = await visitWith(browser, site.origin, path, options)
  open.push(watched.page.context())
  return watched
}

async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((context) => context.close()))
}

/** Runs in the page: drops a file of this text on the form. */
const dropped = `(text) => {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([text], 'a.jwt'))
  document.querySelector('#give').dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
}`

/** Runs in an empty page: the pixels of an SVG drawn 250 wide. */
const drawn = `async (svg) => {
  const sized = svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" width="250" height="250"')
  const image = new Image()
  image.src = 'data:image/svg+xml,' + encodeURIComponent(sized)
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: 250, height: 250 })
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  return [...context.getImageData(0, 0, 250, 250).data]
}`

const statement = (digit: number, changes: Changes = {}): Credential =>
  organizationStatement(site.issuer, site.origin, id(digit), changes)
const certificate = (digit: number, changes: Changes = {}): Credential =>
  productCertificate(site.issuer, site.origin, id(digit), changes)

async function publish(digit: number, credential: Credential): Promise<string> {
  const jwt = await site.issuer.sign(credential)
  site.publish(id(digit), jwt)
  return jwt
}

/** Waits for the report and tells its headline's kind. */
async function verdictOn(page: Page): Promise<string | null> {
  await page.waitForSelector('#outcome[data-state=done]')
  return page.locator('[data-verdict]').getAttribute('data-verdict')
}

describe.skipIf(browserPath === undefined)(`pages in a browser${skipped}`, () => {
  afterAll(closeAll)

  const paths = () => [
    '/',
    '/verify',
    `/verify?credential=${id(1)}`,
    `/credentials/${id(1)}`,
    `/credentials/${id(2)}`,
    '/problems',
    '/problems/wrong-family',
    '/nowhere',
    '/factors/nothing',
  ]

  test('are free of axe findings, ask nobody else and complain of nothing, wide and on a phone', async () => {
    await publish(1, statement(1, { verification: { opinion: 'adverse', basis: 'Meters missing.' } }))
    await publish(2, certificate(2))
    for (const path of paths()) {
      for (const options of [
        { width: 1200, locale: 'zh-CN', quiet: true },
        { width: 390, locale: 'en' },
      ]) {
        const { page, foreign, complaints } = await visit(path, options)
        if (path.includes('?')) await verdictOn(page)
        expect([path, options.width, await axe(page)]).toEqual([path, options.width, []])
        expect([path, foreign]).toEqual([path, []])
        expect([path, complaints.filter((text) => !text.includes('404'))]).toEqual([path, []])
        const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        expect([path, overflow]).toEqual([path, 0])
        await closeAll()
      }
    }
  }, 120_000)

  test('the API reference loads from this origin alone and shows the operations', async () => {
    const { page, foreign } = await visit('/docs', { quiet: true })
    await page.getByText('Exchange a client id and secret').first().waitFor()
    await page.mouse.wheel(0, 4000)
    await page.waitForLoadState('networkidle')
    expect(foreign).toEqual([])
    await closeAll()
  })

  test('switch language in place, and remember it', async () => {
    const { page } = await visit('/verify', { locale: 'zh-CN' })
    await page.fill('#jwt', 'half a credential')
    expect(await page.locator('h1').innerText()).toBe('验证凭证')
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.locator('h1').innerText()).toBe('Verify a document')
    expect(await page.inputValue('#jwt')).toBe('half a credential')
    await page.goto(`${site.origin}/`)
    expect(await page.locator('h1').innerText()).toBe('Carbon-footprint certification for Xiamen')
    await closeAll()
  })
})

describe.skipIf(browserPath === undefined)(`verification in the visitor's browser${skipped}`, () => {
  afterAll(closeAll)

  async function verify(jwt: string): Promise<Page> {
    const { page } = await visit(`/verify#${jwt}`)
    await page.waitForSelector('#outcome[data-state=done]')
    return page
  }

  const verdictOf = async (jwt: string) => verdictOn(await verify(jwt))

  test('begins empty, and says so when there is nothing to verify', async () => {
    const { page } = await visit('/verify')
    expect(await page.getAttribute('#outcome', 'data-state')).toBe('empty')
    await page.getByRole('button', { name: '验证' }).click()
    await page.waitForSelector('#outcome[data-state=failed]')
    expect(await page.innerText('#outcome')).toContain('Paste a credential first.')
    await closeAll()
  })

  test('says that it is checking while it waits for the issuer', async () => {
    const { page } = await visit('/verify')
    await page.route('**/did.json', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await route.continue()
    })
    await page.fill('#jwt', await site.issuer.sign(certificate(3)))
    await page.getByRole('button', { name: '验证' }).click()
    expect(await page.getAttribute('#outcome', 'data-state')).toBe('checking')
    expect(await verdictOn(page)).toBe('genuine')
    await closeAll()
  })

  test('genuine: every check by its name, both languages, and the development notice', async () => {
    const page = await verify(await site.issuer.sign(certificate(3)))
    expect(await verdictOn(page)).toBe('genuine')
    expect(await page.locator('[data-check]').count()).toBe(13)
    expect(await page.innerText('[data-check=signature]')).toMatch(/签名有效[\s\S]*not a byte was changed/)
    expect(await page.innerText('.report > .development')).toContain('certifies nothing')
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict')
    await closeAll()
  })

  test('adverse: the opinion is as large as the signature, and red', async () => {
    const adverse = statement(3, { verification: { opinion: 'adverse' } })
    const page = await verify(await site.issuer.sign(adverse))
    expect(await verdictOn(page)).toBe('genuine')
    const [signature, opinion] = await page.locator('.panel').all()
    const size = (panel: typeof opinion) =>
      panel?.locator('h2').evaluate('(element) => getComputedStyle(element).fontSize')
    expect(await size(opinion)).toBe(await size(signature))
    expect(await opinion?.getAttribute('data-tone')).toBe('bad')
    expect(await opinion?.innerText()).toContain('否定意见')
    expect(await page.innerText('.contents')).toContain('not supported by the body')
    await closeAll()
  })

  test('tampered: nothing it says is shown as believed', async () => {
    const [header, , signature] = (await site.issuer.sign(certificate(3))).split('.')
    const forged = (await site.issuer.sign(certificate(3, { credential: { number: 'X-1' } }))).split('.')[1]
    const page = await verify(`${header}.${forged}.${signature}`)
    expect(await verdictOn(page)).toBe('tampered')
    expect(await page.getAttribute('[data-opinion]', 'data-tone')).toBe('none')
    expect(await page.innerText('.contents h2')).toContain('not to be believed')
    await closeAll()
  })

  test('wrong key, unknown issuer, no such issuer', async () => {
    const impostor = await makeIssuer(site.origin, 'strait', 'key-2099-1')
    expect(await verdictOf(await impostor.sign(certificate(3)))).toBe('wrong-key')
    const foreign = await makeIssuer('https://elsewhere.test', 'strait')
    const theirs = productCertificate(foreign, 'https://elsewhere.test', id(3))
    expect(await verdictOf(await foreign.sign(theirs))).toBe('unknown-issuer')
    const nobody = await makeIssuer(site.origin, 'nobody')
    const unreachable = productCertificate(nobody, site.origin, id(3))
    expect(await verdictOf(await nobody.sign(unreachable))).toBe('issuer-unreachable')
    await closeAll()
  })

  const listed = (digits: readonly [number, number]) =>
    (['revocation', 'suspension'] as const).map((statusPurpose, at) => {
      const list = `${site.origin}/status/${id(digits[at] ?? 0)}`
      const entry = { id: `${list}#40321`, type: 'BitstringStatusListEntry', statusPurpose }
      return { ...entry, statusListIndex: '40321', statusListCredential: list }
    })
  const standingIn = (digits: readonly [number, number]) =>
    site.issuer.sign(certificate(5, { credential: { credentialStatus: listed(digits) } }))

  test('revoked, suspended, and of unknown status: each loud, and each what it is', async () => {
    const { revocation, suspension, revoked, suspended } = listDigits
    expect(await verdictOf(await standingIn([revoked, suspension]))).toBe('revoked')
    expect(await verdictOf(await standingIn([revocation, suspended]))).toBe('suspended')
    expect(await verdictOf(await standingIn([8, suspension]))).toBe('status-unknown')
    const page = await verify(await standingIn([revoked, suspended]))
    expect(await page.innerText('[data-verdict=revoked]')).toMatch(/已撤销或注销[\s\S]*not in force/)
    expect(await axe(page)).toEqual([])
    await closeAll()
  })

  test('unlogged: nothing shows that it was issued in public', async () => {
    const jwt = await site.issuer.sign(certificate(6))
    site.unlog(id(6))
    const page = await verify(jwt)
    expect(await verdictOn(page)).toBe('unlogged')
    expect(await page.innerText('[data-check=log]')).toContain('cannot be had')
    await closeAll()
  })

  test('expired, not yet valid', async () => {
    const expired = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2022-01-01T00:00:00Z' }
    expect(await verdictOf(await site.issuer.sign(certificate(3, { credential: expired })))).toBe('expired')
    const early = { validFrom: '2199-01-01T00:00:00Z', validUntil: '2200-01-01T00:00:00Z' }
    expect(await verdictOf(await site.issuer.sign(certificate(3, { credential: early })))).toBe(
      'not-yet-valid',
    )
    await closeAll()
  })

  test('garbage', async () => {
    for (const text of ['hello', '..', 'a.b.c', '%F0%9F%90%A6']) expect(await verdictOf(text)).toBe('garbage')
    await closeAll()
  })

  test('takes pasted text with line breaks, a file, a link of this installation, and only such', async () => {
    const jwt = await publish(4, certificate(4))
    const { page } = await visit('/verify')
    const submit = () => page.getByRole('button', { name: '验证' }).click()
    await page.fill('#jwt', `\n  ${jwt.replace(/(.{76})/g, '$1\r\n')}  `)
    await submit()
    expect(await verdictOn(page)).toBe('genuine')
    await page.setInputFiles('#file', {
      name: 'a.jwt',
      mimeType: 'text/plain',
      buffer: Buffer.from('nonsense'),
    })
    await page.waitForSelector('[data-verdict=garbage]')
    await page.fill('#jwt', `${site.origin}/credentials/${id(4)}`)
    await submit()
    await page.waitForSelector('[data-verdict=genuine]')
    await page.fill('#jwt', `https://elsewhere.test/credentials/${id(4)}`)
    await submit()
    await page.waitForSelector('#outcome[data-state=failed]')
    await page.goto(`${site.origin}/verify?credential=${id(9)}`)
    await page.waitForSelector('#outcome[data-state=failed]')
    expect(await page.innerText('#outcome')).toContain('There is no credential with this id here.')
    await closeAll()
  })

  test('takes a dropped file', async () => {
    const { page } = await visit('/verify')
    const jwt = await site.issuer.sign(certificate(3))
    await page.evaluate(`(${dropped})(${JSON.stringify(jwt)})`)
    expect(await verdictOn(page)).toBe('genuine')
    await closeAll()
  })

  test('works by keyboard alone', async () => {
    const { page } = await visit('/verify')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.id')).toBe('jwt')
    await page.keyboard.insertText('hello')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await verdictOn(page)).toBe('garbage')
    await closeAll()
  })

  test('shows what came before a certificate and what comes after, in both languages', async () => {
    const address = 'javascript:alert(1)'
    const changes = {
      credential: { surveillance: { intervalMonths: 12, nextDue: '2027-11-20' }, complaintsAddress: address },
      subject: { reductionPlan: { statement: { en: 'A new furnace.', zh: '更换熔炉。' } } },
    }
    const page = await verify(await publish(5, certificate(5, changes)))
    const said = await page.locator('.contents').textContent()
    for (const words of [
      'first by 2027-11-20',
      '首次不晚于 2027-11-20',
      'A new furnace.',
      '更换熔炉。',
      address,
    ])
      expect(said, words).toContain(words)
    // An address that a document names is shown, and nobody is led there.
    expect(await page.locator('.contents a[href^="javascript"]').count()).toBe(0)
    await closeAll()
  })

  test('never lets what a credential says become markup', async () => {
    const naughty = `"'><script>document.title='x'</script><img src=x onerror="document.title='x'">`
    const label = { en: naughty, zh: naughty }
    const changes = {
      credential: { number: naughty.slice(0, 60) },
      subject: { title: naughty, holder: { label, country: 'CN' } },
    }
    const page = await verify(await publish(5, certificate(5, changes)))
    expect(await page.innerText('.contents')).toContain('<script>document.title')
    expect(await page.locator('#outcome img, #outcome script').count()).toBe(0)
    await page.goto(`${site.origin}/credentials/${id(5)}`)
    expect(await page.locator('.sheet img, .sheet script').count()).toBe(0)
    expect(await page.title()).toContain('产品碳足迹认证证书')
    await closeAll()
  })
})

const words = fc
  .array(fc.constantFrom('Xiamen', 'Technology', 'Co., Ltd.', '厦门市集美区', '有限公司', '8 Xinle Road'), {
    minLength: 1,
    maxLength: 24,
  })
  .map((parts) => parts.join(' '))
const label = fc.record({ en: words, zh: words })
const face = fc.record({ label, address: label })

/** Documents of every length that real ones have, and longer. */
const documentChanges: fc.Arbitrary<Changes> = fc.record({
  verification: fc.record({ opinion: fc.constantFrom('unmodified', 'modified', 'adverse'), basis: words }),
  subject: fc.record(
    {
      responsibleParty: face,
      manufacturer: face,
      factory: face,
      intendedUsers: words,
      sites: fc.array(face, { maxLength: 8 }),
      exclusions: fc.array(fc.record({ what: words, reason: words, estimatedShare: fc.constant('0.01') }), {
        maxLength: 8,
      }),
    },
    { requiredKeys: ['responsibleParty', 'sites', 'exclusions'] },
  ),
})

describe.skipIf(browserPath === undefined)(`the document on paper${skipped}`, () => {
  afterAll(closeAll)

  async function pagesOf(digit: number): Promise<number> {
    const { page } = await visit(`/credentials/${id(digit)}`)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    await closeAll()
    return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  }

  test('is one A4 sheet, for every opinion and both kinds', async () => {
    await publish(6, statement(6))
    await publish(7, certificate(7))
    expect([await pagesOf(6), await pagesOf(7)]).toEqual([1, 1])
    for (const opinion of ['modified', 'adverse', 'disclaimer']) {
      await publish(
        6,
        statement(6, { verification: { opinion, basis: 'Meters of two plants are missing. '.repeat(6) } }),
      )
      expect(await pagesOf(6)).toBe(1)
    }
  })

  test('cuts no word of an ordinary document', async () => {
    for (const digit of [6, 7]) {
      const { page } = await visit(`/credentials/${id(digit)}`, { width: 794 })
      await page.emulateMedia({ media: 'print' })
      const cut =
        "[...document.querySelectorAll('.sheet *')].filter((e) => e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflow === 'hidden').length"
      expect(await page.evaluate(cut)).toBe(0)
      expect(await page.getAttribute('.sheet', 'data-density')).not.toMatch(/cut|short/)
      await closeAll()
    }
  })

  test('is one A4 sheet also when the credential is as full as it can be', async () => {
    await publish(8, fullCertificate(site.issuer, site.origin, id(8)))
    expect(await pagesOf(8)).toBe(1)
  })

  test('is one A4 sheet for any names, sites, exclusions and kinds', async () => {
    for (const changes of fc.sample(documentChanges, { numRuns: 6, seed: 2026 })) {
      await publish(8, statement(8, changes))
      expect(await pagesOf(8), JSON.stringify(changes)).toBe(1)
    }
  }, 120_000)

  test('leads back to its verification by the QR code', async () => {
    await publish(7, certificate(7))
    const { page } = await visit(`/credentials/${id(7)}`)
    const svg = await page.locator('svg.qr').evaluate((element) => element.outerHTML)
    await page.goto('about:blank')
    const pixels = await page.evaluate<number[]>(`(${drawn})(${JSON.stringify(svg)})`)
    const read = (jsQR as unknown as typeof jsQR.default)(new Uint8ClampedArray(pixels), 250, 250)
    expect(read?.data).toBe(`${site.origin}/verify?credential=${id(7)}`)
    await closeAll()
  })
})
