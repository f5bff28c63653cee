/**
 * Verifying 1,000 credentials that share lists and checkpoint, beside 1,000 bare signature checks of the same bytes in the same
 * run, and one credential with nothing remembered. `node bench/verify.ts [--rounds=5]`; ratios, not times, are what counts.
 */

import { verifyEach } from '../src/actions/credentials/verify-each.ts'
import { readCompact } from '../src/credential/compact.ts'
import { leafOf } from '../src/credential/leaf.ts'
import { webCryptoPlatform } from '../src/credential/platform.ts'
import { openSession } from '../src/credential/session.ts'
import { webCryptoVerifier } from '../src/credential/signature.ts'
import { verifyIn } from '../src/credential/verify.ts'
import { digestOfBytes } from '../src/json/digest.ts'
import { encodeUtf8 } from '../src/json/encoding.ts'
import { checkpointText } from '../src/transparency/checkpoint.ts'
import { growTree } from '../src/transparency/grow.ts'
import { signatureLine } from '../src/transparency/note.ts'
import { formatReceipt } from '../src/transparency/receipt.ts'
import { certifying, credentialOf, keys, log, means, sign } from '../test/credential/example.ts'

const count = 1000
const rounds = Number(process.argv.find((one) => one.startsWith('--rounds='))?.slice(9) ?? 5)

/** Certificates of one body, each with its receipt in one log. */
async function thousand(): Promise<{ credential: string; receipt: string }[]> {
  const documents = Array.from({ length: count }, (_, at) =>
    credentialOf({
      issuing: {
        ...certifying,
        number: `EGRET-2026-${String(at).padStart(4, '0')}`,
        status: certifying.status.map((entry) => ({ ...entry, index: at })),
      },
    }),
  )
  const jwts = await Promise.all(documents.map((document) => sign(document)))
  const leaves = jwts.map((jwt, leafIndex) => ({
    leafIndex,
    body: leafOf(documents[leafIndex] as never, digestOfBytes(encodeUtf8(jwt))),
  }))
  const grown = growTree({ publishedSize: 0, edge: [], leaves })
  const text = checkpointText({ origin: log.key.name, size: count, root: grown.root })
  const checkpoint = `${text}\n${signatureLine(log.key, await log.sign(encodeUtf8(text)))}`
  return jwts.map((credential, index) => ({
    credential,
    receipt: formatReceipt({ index, proof: grown.proofOf(index), checkpoint }),
  }))
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const brought = await thousand()
const bare = brought.map(({ credential }) => {
  const read = readCompact(credential)
  if ('fault' in read) throw new Error('a credential of the bench is none')
  return read.compact
})

/** What nobody can do without: the platform's check of each signature. */
async function bareSignatures(): Promise<void> {
  const verify = webCryptoVerifier(crypto.subtle)
  const good = await Promise.all(
    bare.map(({ algorithm, signature, signed }) => verify(keys.EdDSA.jwk, algorithm, signature, signed)),
  )
  if (!good.every(Boolean)) throw new Error('a signature of the bench is bad')
}

async function whole(): Promise<void> {
  const session = openSession({ ...means, ...webCryptoPlatform(crypto.subtle) })
  const found = await verifyEach(session, brought, ({ verified }) => verified)
  if (!found.every(Boolean)) throw new Error('a credential of the bench is not verified')
}

async function cold(): Promise<void> {
  const session = openSession({ ...means, ...webCryptoPlatform(crypto.subtle) })
  const [first] = brought
  await verifyIn(session, first?.credential ?? '', { receipt: first?.receipt ?? '' })
}

const times = { bare: [] as number[], whole: [] as number[], cold: [] as number[] }
await whole()
await bareSignatures()
for (let round = 0; round < rounds; round++) {
  times.bare.push(await timed(bareSignatures))
  times.whole.push(await timed(whole))
  times.cold.push(await timed(cold))
}
const [bareMs, wholeMs, coldMs] = [median(times.bare), median(times.whole), median(times.cold)]
console.log(
  `credentials of ${brought[0]?.credential.length} characters, receipts of ${brought[0]?.receipt.length}`,
)
console.log(`1,000 bare signature checks   ${bareMs.toFixed(0)} ms`)
console.log(
  `1,000 whole verifications     ${wholeMs.toFixed(0)} ms, ${(wholeMs / bareMs).toFixed(2)} times as long`,
)
console.log(`one, with nothing remembered  ${coldMs.toFixed(1)} ms`)
