/** The demo as anyone runs it: a child process against a freshly started system, and the document it prints. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CredentialReport, FootprintReport, WalkReport } from '../../scripts/demo/report.ts'
import type { Story } from '../../scripts/demo/story.ts'
import { type System, startSystem } from '../../scripts/demo/system.ts'
import { issueExamples } from '../../scripts/demo/walk.ts'

const script = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url))
const minutes = 60_000

let system: System
beforeAll(async () => {
  system = await startSystem(process.env)
}, 4 * minutes)
afterAll(() => system?.stop())

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the demo against the started system. */
function runDemo(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const { clientId, secret } = system.operator
  const known = { EGRET_URL: system.url, EGRET_OPERATOR_CLIENT_ID: clientId, EGRET_OPERATOR_SECRET: secret }
  const options = { env: { ...process.env, ...known, ...env }, maxBuffer: 32 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

type Report = WalkReport & { readonly ok: boolean; readonly system: { readonly url: string } }

/** One document and nothing else on standard output: parsing the whole of it is the proof. */
function reportOf({ code, stdout, stderr }: Run): Report {
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as Report
}

const footprintOf = ({ footprints }: Report, example: string) =>
  footprints.find((footprint) => footprint.example === example) as FootprintReport

/** Every check by its name; status list and log come with later editions. */
const checksByName = {
  format: 'passed',
  schema: 'passed',
  issuer: 'passed',
  signature: 'passed',
  validity: 'passed',
  independence: 'passed',
  key: 'passed',
  authority: 'not-checked',
  status: 'passed',
  log: 'passed',
  witnesses: 'not-checked',
  opinion: 'passed',
  recomputation: 'not-checked',
}

const outcomes = (checks: CredentialReport['checks']) =>
  Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]))

describe('npm run demo -- --json', () => {
  let report: Report
  beforeAll(async () => {
    report = reportOf(await runDemo(['--json']))
  }, 2 * minutes)

  test('walks the published organization to its published total', () => {
    const site = footprintOf(report, 'organization-food-processing-site')
    // Published: 172.12204328 + 1.53 + 176.52468 = 350.17672328 t CO2e.
    expect(Number(site.total.kgCo2e) / 1000).toBeCloseTo(350.17672328, 6)
    const tonnes = Object.fromEntries(site.parts.map(({ part, kgCo2e }) => [part, Number(kgCo2e) / 1000]))
    expect(tonnes['scope-1']).toBeCloseTo(172.12204328, 6)
    expect(tonnes['scope-2']).toBeCloseTo(1.53, 6)
    expect(tonnes['scope-3']).toBeCloseTo(176.52468, 6)
    expect(site.total.printed).toEqual({ amount: '350.18', unit: 'tCO2e' })
    expect(site.states).toEqual(['applied', 'in-verification', 'in-review', 'decided', 'issued'])
  })

  test('walks the textbook product through a correction to its published total', () => {
    const chain = footprintOf(report, 'product-electricity-from-fuel')
    // Published: 100 runs × 1 kg + 2 runs × 10 kg = 120 kg CO2.
    expect(chain.total).toMatchObject({ kgCo2e: '120', per: '1000 kWh' })
    expect(chain.revisions).toBe(2)
    expect(chain.states).toContain('in-correction')
  })

  test('verifies both credentials, check by check', () => {
    expect(report.credentials).toHaveLength(2)
    for (const { verified, opinion, checks, local, withRecord } of report.credentials) {
      expect([verified, opinion]).toEqual([true, 'unmodified'])
      expect(outcomes(checks)).toEqual(checksByName)
      expect(outcomes(local.checks)).toEqual(checksByName)
      expect(outcomes(withRecord.checks)).toEqual({ ...checksByName, recomputation: 'passed' })
    }
  })

  test('shows that one digit changed breaks the signature, and is in no log', () => {
    for (const { tampered } of report.credentials) {
      expect(tampered.from).not.toBe(tampered.to)
      expect(tampered).toMatchObject({ verified: false, failed: ['signature', 'log'] })
    }
  })

  test('shows the refusals that matter', () => {
    const codes = report.refusals.map(({ problem }) => problem)
    expect(codes).toEqual(['not-independent', 'not-independent', 'wrong-family', 'not-found'])
  })

  test('suspends the certificate and reinstates it, and anyone learns of either', () => {
    const [statement, certificate] = report.credentials
    expect(report.moves.map(({ number }) => number)).toEqual([certificate?.number, certificate?.number])
    expect(report.moves).toMatchObject([
      { lookedUp: { status: 'suspended', reason: 'nonconformity' }, verified: false, failed: ['status'] },
      { lookedUp: { status: 'active', reason: 'resolved' }, verified: true, failed: [] },
    ])
    expect(report.moves[0]?.headline).toBe('SUSPENDED: a genuine document that is not in force now.')
    // The certificate is issued last of all, and nobody else writes to this log.
    const last = certificate?.leafIndex ?? 0
    expect(last).toBeGreaterThan(statement?.leafIndex ?? last)
    expect(report.moves.map(({ leafIndex }) => leafIndex)).toEqual([last + 1, last + 2])
    for (const { move, reason, leafIndex, logged } of report.moves) {
      expect(logged.entry).toMatchObject({ move, reason, digest: certificate?.digest })
      expect(logged.size).toBeGreaterThan(leafIndex)
    }
  })

  test('leaves every document in force', async () => {
    for (const { id, number } of report.credentials) {
      const answer = await fetch(`${system.url}/v1/public/credentials/${id}`)
      expect(await answer.json(), number).toMatchObject({ status: 'active' })
    }
  })

  test('gives links that answer anyone', async () => {
    for (const { links, number } of report.credentials) {
      const statuses = await Promise.all(Object.values(links).map(async (link) => (await fetch(link)).status))
      expect(statuses, number).toEqual(statuses.map(() => 200))
    }
  })

  test('works again on the same system, with the Xiamen pair', { timeout: 2 * minutes }, async () => {
    const again = reportOf(await runDemo(['--json', '--illustrative']))
    // By hand in examples/: 334.6401884556 + 1567.46868 t, and 361.5997200992 kg a piece.
    expect(footprintOf(again, 'organization-xiamen-factory').total.printed.amount).toBe('1902.11')
    expect(footprintOf(again, 'product-xiamen-fan').total.printed.amount).toBe('361.5997')
    expect(again.footprints.every(({ illustrative }) => illustrative)).toBe(true)
    expect(again.credentials.map(({ verified }) => verified)).toEqual([true, true])
  })
})

describe('npm run demo', () => {
  test('tells people every step, and no secret', { timeout: 2 * minutes }, async () => {
    const { code, stdout, stderr } = await runDemo([])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('→ POST /v1/engagements')
    expect(stdout).toContain('✓ signature')
    expect(stdout).toContain('✗ signature')
    expect(stdout).toContain('✗ status         It is SUSPENDED.')
    expect(stdout).toContain('"secret": "…(kept secret)"')
    expect(stdout).not.toContain(system.operator.secret)
    expect(stdout).not.toMatch(/Bearer ey/)
  })

  test('fails by name where nothing answers, as one document too', async () => {
    const { code, stdout } = await runDemo(['--json'], { EGRET_URL: 'http://localhost:1' })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: 'No Egret answers at EGRET_URL, http://localhost:1.',
    })
  })

  test('refuses options it does not know', async () => {
    const { code, stdout, stderr } = await runDemo(['--fast'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('npm run demo -- [--illustrative | --all] [--json]')
  })
})

describe('egret trail verify --engagement', () => {
  const nobodyListens: Story = { chapter: () => {}, step: () => {}, exchange: () => {}, remark: () => {} }

  test('fetches the trail of an engagement from the served system, page by page, and finds it intact', async () => {
    const { body, done } = await issueExamples(system, ['organization-food-processing-site'], nobodyListens)
    const clients = `/v1/organizations/${body.id}/clients`
    const client = await body.administrator.call<{ id: string; secret: string }>('POST', clients, {
      body: { name: 'Auditor', scopes: ['engagements:read'] },
      expect: { status: 201 },
    })
    const answer = await fetch(`${system.url}/auth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client.body.id}:${client.body.secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const { engagementId } = done[0]?.outcome ?? {}
    const args = [
      'src/cli/main.ts',
      'trail',
      'verify',
      '--engagement',
      engagementId ?? '',
      '--host',
      system.url,
    ]
    const verify = (as: string) =>
      new Promise<Run>((resolve) => {
        const options = { env: { ...process.env, EGRET_TOKEN: as } }
        execFile(process.execPath, args, options, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
        )
      })
    const intact = await verify(token)
    expect([intact.code, intact.stdout], intact.stderr).toEqual([
      0,
      expect.stringMatching(
        new RegExp(
          `^engagement:${engagementId}: intact, \\d+ acts, ends with [0-9a-f]{64}(; not|\n  sealed)`,
        ),
      ),
    ])
    expect((await verify('nothing')).code).not.toBe(0)
  }, 120_000)
})
