/** `egret keys …`: what whoever holds the database and the wrapping keys does with signing keys (docs/keys.md). */

import { parseArgs } from 'node:util'
import { compromiseKey, type Keyed, slotOf, succeedKey } from '../actions/keys/change-keys.ts'
import { issuerDid } from '../actions/keys/publish-keys.ts'
import { publishLog } from '../actions/log/publish-log.ts'
import { renewReceipts } from '../actions/log/renew-receipts.ts'
import { rewrapWebhooks } from '../actions/notices/rewrap-webhooks.ts'
import { readEnvironment } from '../environment.ts'
import { keyPurposes, type OwnPurpose, type PublicKey, type StoredKey } from '../ports/signing.ts'
import type { Ports } from '../ports.ts'
import { whatToDo } from './after-compromise.ts'
import { readPrivateKey } from './key-file.ts'
import { withPorts } from './local.ts'
import { installation } from './set-up.ts'
import { keysUsage, UsageRefused } from './usage.ts'

interface Given {
  readonly body?: string | undefined
  readonly own?: string | undefined
  readonly file?: string | undefined
  readonly kid?: string | undefined
  readonly since?: string | undefined
}

const verbs: Readonly<Record<string, (ports: Ports, given: Given) => Promise<string>>> = {
  list,
  rotate,
  import: importKey,
  compromise,
  receipts,
  rewrap,
}

/** @returns the exit code. @throws UsageRefused, EnvironmentRefused, Problem. */
export async function keys(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb === undefined) throw new UsageRefused(`there is no such verb; call it as\n\n  egret ${keysUsage}`)
  const given = readOptions(rest)
  const said = await withPorts(readEnvironment(process.env), async (ports) => {
    const text = await verb(ports, given)
    await publishLog(ports)
    return text
  })
  process.stdout.write(said)
  return 0
}

function readOptions(args: readonly string[]): Given {
  const text = { type: 'string' } as const
  const options = { body: text, own: text, file: text, kid: text, since: text }
  return parseArgs({ args: [...args], options, strict: true }).values
}

async function keyedOf({ parties }: Ports, { body: slug, own }: Given): Promise<Keyed> {
  if ((slug === undefined) === (own === undefined)) {
    throw new UsageRefused('say whose key: --body SLUG, or --own token, log or installation')
  }
  if (own !== undefined) return { own: ownPurposeOf(own) }
  const body = await parties.findBySlug(slug ?? '')
  if (body?.kind === 'certification-body') return { body }
  throw new UsageRefused(`there is no certification body "${slug}"`)
}

function ownPurposeOf(text: string): OwnPurpose {
  const purpose = keyPurposes.find((one) => one === text && one !== 'credential')
  if (purpose === undefined) throw new UsageRefused('--own is token, log or installation')
  return purpose as OwnPurpose
}

function keysOf(ports: Ports, keyed: Keyed): Promise<readonly PublicKey[]> {
  return 'body' in keyed ? ports.keys.bodyKeys(keyed.body.id) : ports.keys.ownKeys(keyed.own)
}

async function activeKid(ports: Ports, keyed: Keyed): Promise<string | null> {
  const active = (await keysOf(ports, keyed)).find(({ retiredAt }) => retiredAt === null)
  return active?.kid ?? null
}

async function receipts(ports: Ports): Promise<string> {
  const { receipts: count, renewed } = await renewReceipts(ports)
  return `${count} receipts, ${renewed} made anew\n`
}

async function list(ports: Ports): Promise<string> {
  const names = new Map(
    (await ports.parties.allBodies()).map((body) => [body.id, issuerDid(ports.settings, body)]),
  )
  const lines = (await ports.keyActs.all()).map((key) =>
    [
      names.get(key.ownerId) ?? 'installation',
      key.purpose,
      key.kid,
      key.algorithm,
      standing(key),
      place(key),
    ].join('  '),
  )
  return `${lines.join('\n')}\n`
}

function standing({ retiredAt, compromise: told }: PublicKey): string {
  if (told !== null) return `compromised since ${told.since.toISOString()}, from leaf ${told.fromLeaf}`
  return retiredAt === null ? 'active' : `retired ${retiredAt.toISOString()}`
}

function place({ wrapped, signer }: StoredKey): string {
  return wrapped === null ? `at ${signer?.url}` : `under ${wrapped.kekId}`
}

async function rotate(ports: Ports, given: Given): Promise<string> {
  const keyed = await keyedOf(ports, given)
  const retiring = await activeKid(ports, keyed)
  const added = await succeedKey(ports, installation, keyed, { retiring, source: { from: 'new' } })
  return succession(ports, keyed, retiring, added)
}

async function importKey(ports: Ports, given: Given): Promise<string> {
  if (given.file === undefined) throw new UsageRefused('say which file: --file FILE')
  const keyed = await keyedOf(ports, given)
  const retiring = await activeKid(ports, keyed)
  const pkcs8 = await readPrivateKey(given.file)
  const source = { from: 'pkcs8', pkcs8, kid: kidOf(given.kid) } as const
  const added = await succeedKey(ports, installation, keyed, { retiring, source })
  return `${succession(ports, keyed, retiring, added)}Now destroy ${given.file}: the key lies wrapped in the database.\n`
}

function kidOf(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^[A-Za-z0-9._-]{1,100}$/.test(text)) return text
  throw new UsageRefused('--kid is letters, digits, dots, hyphens and underscores')
}

function succession(ports: Ports, keyed: Keyed, retired: string | null, added: PublicKey): string {
  const { owner, purpose } = slotOf(ports, keyed)
  const left = retired === null ? '' : `Retired ${retired}: what it signed stays good.\n`
  return `${left}${owner.name} signs as ${purpose} with ${added.kid} (${added.algorithm}) from now on.\n`
}

async function compromise(ports: Ports, given: Given): Promise<string> {
  const keyed = await keyedOf(ports, given)
  const kid = kidOf(given.kid)
  if (kid === null) throw new UsageRefused('say which key: --kid KID')
  const since = new Date(given.since ?? '')
  if (!/^\d{4}-\d\d-\d\dT/.test(given.since ?? '') || Number.isNaN(since.getTime())) {
    throw new UsageRefused('say since when, e.g. --since 2026-11-01T08:00:00Z')
  }
  const told = await compromiseKey(ports, installation, keyed, { kid, since })
  return whatToDo(slotOf(ports, keyed), told)
}

async function rewrap(ports: Ports): Promise<string> {
  const { kekId, keys: count, rewrapped } = await ports.keyActs.rewrap()
  const hooks = await rewrapWebhooks(ports)
  return `${rewrapped} of ${count} private keys were wrapped anew; all ${count} are under "${kekId}" now.
So were the secrets of ${hooks.rewrapped} of ${hooks.webhooks} webhooks.
Take the other ids out of KEY_ENCRYPTION_KEYS when every server runs with "${kekId}" as KEY_ENCRYPTION_KEY_ID.\n`
}
