/** Many credentials in one call: what they name is asked for in bounds, whoever wrote them. */

import { describe, expect, test } from 'vitest'
import { verifyEach } from '../../src/actions/credentials/verify-each.ts'
import { openSession } from '../../src/credential/session.ts'
import type { Verification } from '../../src/credential/verify.ts'
import { encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { credentialOf, factUrl, log, means, revocationList, sign } from '../credential/example.ts'
import { receiptOf } from '../credential/world.ts'

const genuine = await sign(credentialOf())

/** A credential that nobody signed: its lists, its facts and its receipt are nowhere, and each is another one. */
function forgery(at: number, receiptEnding: string): string {
  const document = credentialOf()
  const [accreditation] = document.issuer.accreditations
  const accreditations = Array.from({ length: 20 }, (_, number) => ({
    ...accreditation,
    fact: `https://egret.example/accreditations/${at}-${number}`,
  }))
  const credentialStatus = document.credentialStatus.map((entry, number) => {
    const list = `https://egret.example/status/${at}-${number}`
    return { ...entry, statusListCredential: list, id: `${list}#${entry.statusListIndex}` }
  })
  const transparencyLog = {
    ...document.transparencyLog,
    receipt: `https://egret.example/credentials/${at}.tlog-proof${receiptEnding}`,
  }
  const issuer = { ...document.issuer, accreditations }
  const payload = JSON.stringify({ ...document, issuer, credentialStatus, transparencyLog })
  const [header, , signature] = genuine.split('.')
  return [header, encodeBase64url(encodeUtf8(payload)), signature].join('.')
}

/** Verifies, and counts what is asked for. */
async function verifyCounted(asksMax: number | undefined, credentials: readonly string[]) {
  const asked: string[] = []
  const session = openSession({
    ...means,
    ...(asksMax === undefined ? {} : { asksMax }),
    fetchText: async (url) => {
      asked.push(url)
      if (url !== revocationList && url !== factUrl) throw new Error('nothing is there')
      return means.fetchText(url)
    },
  })
  const receipt = (await receiptOf(log, genuine)) ?? ''
  const brought = credentials.map((credential) =>
    credential === genuine ? { credential, receipt } : { credential },
  )
  return { asked, told: await verifyEach(session, brought, (verification: Verification) => verification) }
}

describe('a run of many', () => {
  test('asks for a hundred receipts at most, however their addresses end', async () => {
    for (const ending of ['', '?x', '#x', '/x']) {
      const forgeries = Array.from({ length: 150 }, (_, at) => forgery(at, ending))
      const { asked } = await verifyCounted(undefined, forgeries)
      expect(asked.filter((url) => url.includes('.tlog-proof'))).toHaveLength(100)
    }
  })

  test('asks for no more documents than it may, and says of the others that they cannot be had', async () => {
    const forgeries = Array.from({ length: 50 }, (_, at) => forgery(at, ''))
    const { asked, told } = await verifyCounted(60, forgeries)
    // The issuer's DID document is among the sixty.
    expect(asked).toHaveLength(59)
    const last = told.at(-1)?.checks.filter(({ name }) => ['authority', 'status', 'log'].includes(name))
    expect(last?.map(({ outcome, facts }) => [outcome, facts.fault])).toEqual(
      Array.from({ length: 3 }, () => ['failed', 'unreachable']),
    )
  })

  test('needs to ask only once for what credentials share', async () => {
    const { asked, told } = await verifyCounted(
      4,
      Array.from({ length: 30 }, () => genuine),
    )
    expect(told.every(({ verified }) => verified)).toBe(true)
    // A list and a fact; the two others are DID documents.
    expect(asked).toHaveLength(2)
  })
})
