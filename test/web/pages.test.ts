import { beforeAll, describe, expect, test } from 'vitest'
import { makeIssuer, organizationStatement, productCertificate, type TestIssuer } from './credentials.ts'
import { appOver, MemoryObjects } from './site.ts'

const origin = 'https://egret.test'
const ids = {
  statement: '11111111-1111-4111-8111-111111111111',
  certificate: '22222222-2222-4222-8222-222222222222',
}
const naughtyId = '33333333-3333-4333-8333-333333333333'
const brokenId = '44444444-4444-4444-8444-444444444444'
const privateId = '66666666-6666-4666-8666-666666666666'
/** Of a table whose name, `strait.baowu-slabs`, no credential holds. */
const privateDigest = `sha256:${'b'.repeat(64)}`

const naughty = `</title></p>"'><script>alert(1)</script><img src=x onerror="alert(2)"><!-- \${7*7} {{7*7}} & &lt;b&gt; \u202e`
const label = { en: naughty, zh: naughty }

const objects = new MemoryObjects()
const app = appOver(objects, origin)
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(`${origin}${path}`, { headers })
const page = async (path: string, headers: Record<string, string> = {}) =>
  (await get(path, { accept: 'text/html', ...headers })).text()

async function publish(issuer: TestIssuer): Promise<void> {
  const keep = async (id: string, credential: unknown) =>
    objects.keep(`credentials/${id}.jwt`, await issuer.sign(credential))
  await keep(ids.statement, organizationStatement(issuer, origin, ids.statement))
  await keep(ids.certificate, productCertificate(issuer, origin, ids.certificate))
  const subject = { title: naughty, holder: { label, country: 'CN' }, factory: { label, address: label } }
  const exclusions = [{ what: naughty, reason: naughty, estimatedShare: '0.01' }]
  const declaredUnit = { amount: '1', unit: '<i>kg</i>' }
  const changes = { subject: { ...subject, exclusions, declaredUnit }, verification: { basis: naughty } }
  await keep(
    naughtyId,
    productCertificate(issuer, origin, naughtyId, { credential: { number: '<b>1</b>' }, ...changes }),
  )
  objects.keep(`credentials/${brokenId}.jwt`, 'not a credential')
  const statement = organizationStatement(issuer, origin, privateId)
  const { calculation } = statement.credentialSubject
  const resting = organizationStatement(issuer, origin, privateId, {
    subject: { calculation: { ...calculation, factorTables: [{ kind: 'private', digest: privateDigest }] } },
    verification: { factorTables: [{ digest: privateDigest, opinion: 'accepted' }] },
  })
  await keep(privateId, resting)
}

beforeAll(async () => publish(await makeIssuer(origin, 'strait')))

const paths = [
  '/',
  '/verify',
  '/docs',
  `/credentials/${ids.statement}`,
  `/credentials/${ids.certificate}`,
  '/nowhere',
]

describe('every page', () => {
  test.each(paths)('%s runs nothing inline and loads nothing from elsewhere', async (path) => {
    const answer = await get(path, { accept: 'text/html' })
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /)
    expect(policy).not.toMatch(/unsafe|\*|https?:(?!\/\/egret\.test)/)
    const markup = await answer.text()
    expect(markup).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc="\/assets\/)/i)
    const loaded = [...markup.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/g)].map(([, address]) => address)
    for (const address of loaded) expect(address).toMatch(/^\/(assets\/|favicon\.svg$)/)
  })

  test.each(paths)('%s says in which language it is', async (path) => {
    expect(await page(path, { 'accept-language': 'en' })).toMatch(
      /<html lang="(en|zh-CN)" data-language="(en|both)">/,
    )
  })

  test('remembers a language asked for in the address', async () => {
    const answer = await get('/?lang=en', { 'accept-language': 'zh' })
    expect(answer.headers.get('set-cookie')).toMatch(/^lang=en; .*SameSite=Lax/)
    expect(await page('/', { cookie: 'lang=en' })).toContain('<html lang="en" data-language="en">')
  })
})

describe('GET /credentials/{id}', () => {
  test('tells of a private factor table that it is one, what the body says of it, and its digest; no link leads to it', async () => {
    const markup = await page(`/credentials/${privateId}`)
    expect(markup).toContain('企业私有因子表，已审核认可')
    expect(markup).toContain('private table, examined and accepted')
    expect(markup).toContain(`<code title="${privateDigest}">`)
    expect(markup).not.toContain('/factor-tables/')
  })

  test('answers the document to a browser and to whoever has no wish', async () => {
    for (const accept of ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*', 'application/json']) {
      const answer = await get(`/credentials/${ids.statement}`, { accept })
      expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8')
      expect(answer.headers.get('vary')).toBe('Accept')
    }
  })

  test('answers the signed bytes to whoever prefers application/vc+jwt', async () => {
    for (const accept of ['application/vc+jwt', 'text/html;q=0.5, application/vc+jwt;q=0.9']) {
      const answer = await get(`/credentials/${ids.statement}`, { accept })
      expect(answer.headers.get('content-type')).toBe('application/vc+jwt')
      expect(await answer.text()).toBe(await (await get(`/credentials/${ids.statement}.jwt`)).text())
    }
    const lesser = await get(`/credentials/${ids.statement}`, {
      accept: 'application/vc+jwt;q=0.1, text/html',
    })
    expect(lesser.headers.get('content-type')).toContain('text/html')
  })

  test('says what a certificate must say', async () => {
    const markup = await page(`/credentials/${ids.certificate}`)
    const said = [
      '产品碳足迹认证证书',
      'EGRET-2026-000042',
      '厦门鹭江电子有限公司',
      'Haicang Works',
      'LJ-70',
      'ISO 14067:2018',
      '148.206',
      'kg CO₂e',
      '−9.120',
      'Cradle to gate',
      '2025-12-31',
      '2028-11-20',
      '海峡认证有限公司',
      'ipcc-ar6 1.0',
      'cn-electricity-co2 2025.1',
      '无保留意见',
      'limited assurance',
      '开发测试凭证，不具效力',
      'Battery Regulation',
    ]
    for (const words of said) expect(markup).toContain(words)
  })

  test('says what came before a certificate and what comes after, in both languages, and nothing where it says nothing', async () => {
    const id = '77777777-7777-4777-8777-777777777777'
    const issuer = await makeIssuer(origin, 'strait')
    const label = { en: 'Melting', zh: '熔炼' }
    const target = { label, fromYear: '2024', toYear: '2030', reduction: '0.3' }
    const reductionPlan = { statement: { en: 'A new furnace.', zh: '更换熔炉。' }, targets: [target] }
    const certificate = productCertificate(issuer, origin, id, {
      credential: {
        mark: { identifier: 'own', label: { en: 'Own mark', zh: '自有标识' } },
        surveillance: { intervalMonths: 12, nextDue: '2027-11-20' },
        firstValidFrom: '2022-11-20T00:00:00Z',
        supersedes: { credential: `${origin}/credentials/before`, digest: privateDigest },
        complaintsAddress: `${origin}/bodies/strait/complaints`,
      },
      subject: { reductionPlan },
    })
    objects.keep(`credentials/${id}.jwt`, await issuer.sign(certificate))
    const markup = await page(`/credentials/${id}`)
    const said = [
      ...['自有标识', 'Own mark', '首次不晚于 2027-11-20', 'first by 2027-11-20', '首次颁证', '2022-11-20'],
      ...[`${origin}/credentials/before`, '更换熔炉。', 'Melting 2024–2030 −30', '投诉与申诉'],
      `${origin}/bodies/strait/complaints`,
    ]
    for (const words of said) expect(markup, words).toContain(words)
    expect(await page(`/credentials/${ids.statement}`)).not.toContain('id="afterwards"')
  })

  test('says that a statement has no term, and names the gases nobody measured', async () => {
    const markup = await page(`/credentials/${ids.statement}`)
    expect(markup).toContain('of its day, no term')
    expect(markup).toContain('CH₄, N₂O')
  })

  test('shows an adverse opinion in its own words and colours', async () => {
    const issuer = await makeIssuer(origin, 'other')
    const id = '55555555-5555-4555-8555-555555555555'
    const credential = organizationStatement(issuer, origin, id, { verification: { opinion: 'adverse' } })
    objects.keep(`credentials/${id}.jwt`, await issuer.sign(credential))
    const markup = await page(`/credentials/${id}`)
    expect(markup).toContain('data-opinion="adverse"')
    expect(markup).toContain('The body does NOT support the footprint')
  })

  test('never lets a name become markup', async () => {
    const markup = await page(`/credentials/${naughtyId}`)
    expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(markup).toContain('&lt;i&gt;kg&lt;/i&gt;')
    expect(markup).not.toMatch(/<script>|<img|<i>|<b>1|<!--/)
  })

  test('sends search engines away from development documents', async () => {
    expect(await page(`/credentials/${ids.statement}`)).toContain('<meta name="robots" content="noindex">')
  })
})

describe('what is not there', () => {
  const missing = '/credentials/99999999-9999-4999-8999-999999999999'

  test.each([missing, '/credentials/nonsense', '/nowhere'])('%s is a page for a browser', async (path) => {
    const answer = await get(path, { accept: 'text/html,*/*;q=0.8', 'accept-language': 'en' })
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const markup = await answer.text()
    expect(markup).toContain('Nothing is here')
    expect(markup).toContain('这里没有您要找的内容')
  })

  test.each([missing, '/nowhere'])('%s is a problem document for a program', async (path) => {
    for (const accept of ['*/*', 'application/json', 'application/vc+jwt']) {
      const answer = await get(path, { accept })
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test('is a problem document below /v1, where some programs name text/html without meaning it', async () => {
    const answer = await get('/v1/nowhere', { accept: 'text/html, image/gif, *; q=.2, */*; q=.2' })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('does not echo a path as markup', async () => {
    expect(await page('/<script>alert(1)</script>')).not.toContain('<script>alert')
    expect(await page('/credentials/%3Cimg%20src=x%3E')).not.toContain('<img')
  })

  test('a stored credential that cannot be read is our failure, said in plain words', async () => {
    const answer = await get(`/credentials/${brokenId}`, { accept: 'text/html', 'accept-language': 'en' })
    expect(answer.status).toBe(500)
    expect(await answer.text()).toContain('Something went wrong on our side')
  })
})
