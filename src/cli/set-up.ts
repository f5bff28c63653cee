/**
 * Brings a fresh installation to where it can work: the token key and the log's, the bundled GWP sets, factor tables and schemes,
 * the engine module, all of it told in the log, and the first operator. Run again it changes nothing that stands.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishInstallationKeys, publishLogKeys, publishTokenKeys } from '../actions/keys/publish-keys.ts'
import { tellKeys } from '../actions/keys/tell-keys.ts'
import { publishLog } from '../actions/log/publish-log.ts'
import { bootstrapOperator } from '../actions/parties/bootstrap-operator.ts'
import { engineEntry } from '../actions/registry/log-entries.ts'
import { type PublishedBy, publishGwpSet, publishScheme, publishTable } from '../actions/registry/publish.ts'
import { gwpSetVersionOf, tableVersionOf } from '../actions/registry/table-version.ts'
import { tellWhatStands } from '../actions/registry/tell-what-stands.ts'
import { readScheme, schemeBytes, schemeDigest } from '../certification/scheme.ts'
import { readEngineFile } from '../engine-file.ts'
import type { Environment } from '../environment.ts'
import { gwpSetFolders, readGwpSet, readTable, tableFolders } from '../factors/files.ts'
import type { Digest } from '../json/digest.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { parseJson } from '../json/scan.ts'
import { engineKey, frozenCache } from '../ports/objects.ts'
import type { Ports } from '../ports.ts'
import { canonicalGwpSet } from '../tables/canonical.ts'
import type { PublishedGwpSet } from '../tables/format.ts'
import { parseGwpSet, parseTable } from '../tables/parse.ts'
import { inPublishingOrder } from '../tables/succession.ts'
import { withPorts } from './local.ts'
import { schemeFiles } from './scheme-files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The installation's operator; one an installation. */
export const operatorFace = {
  slug: 'operator',
  name: { en: 'Operator of this installation', zh: '平台运营方' },
}

/** What set-up leaves: the operator's first client, or null when an operator stood already. */
export interface SetUp {
  readonly operator: { readonly clientId: string; readonly secret: string } | null
}

/** Sets up the installation that the environment names. @throws Problem `published-version-changed`. */
export function setUp(environment: Environment): Promise<SetUp> {
  return withPorts(environment, setUpPorts)
}

/** The installation itself: no client of anyone's. */
const nobody = '00000000-0000-0000-0000-000000000000'
/** In the audit rows of what is done at the command line. */
export const installation: PublishedBy = {
  actor: {
    clientId: nobody,
    organizationId: nobody,
    organizationKind: 'operator',
    memberId: null,
    personId: null,
    scopes: [],
  },
  mark: { idempotencyKey: null, digest: 'set-up' },
}

async function setUpPorts(ports: Ports): Promise<SetUp> {
  await ports.keys.ensureOwnKey('token')
  await ports.keys.ensureOwnKey('log')
  await publishTokenKeys(ports)
  await publishInstallationKeys(ports)
  await publishLogKeys(ports)
  await publishEngine(ports)
  await publishBundled(ports)
  await tellWhatStands(ports)
  await tellKeys(ports)
  await publishLog(ports)
  const standing = await ports.parties.findBySlug(operatorFace.slug)
  if (standing) return { operator: null }
  return { operator: await bootstrapOperator(ports, operatorFace) }
}

/** Publishes everything that comes with this release; a changed version is refused. */
export async function publishBundled(ports: Ports): Promise<void> {
  const sets = await publishGwpSets(ports)
  const tables = tableFolders(join(root, 'emission-factors')).map(({ path }) => {
    const document = parseTable(readTable(path), sets)
    return { ...tableVersionOf(document), document }
  })
  for (const { document } of inPublishingOrder(tables)) await publishTable(ports, installation, document)
  for (const path of schemeFiles(join(root, 'schemes'))) {
    const scheme = readScheme(parseJson(decodeUtf8(readFileSync(path))))
    const version = { id: scheme.id, version: scheme.version, digest: schemeDigest(scheme), body: scheme }
    await publishScheme(ports, { version, canonical: () => schemeBytes(scheme) })
  }
}

async function publishGwpSets(ports: Ports): Promise<readonly PublishedGwpSet[]> {
  const sets = gwpSetFolders(join(root, 'emission-factors')).map((folder) =>
    parseGwpSet(readGwpSet(folder.path)),
  )
  for (const set of sets) {
    await publishGwpSet(ports, {
      version: gwpSetVersionOf(set, ports.world.now()),
      canonical: () => canonicalGwpSet(set),
    })
  }
  return sets
}

/** Puts the engine's module, as the build made it, where anyone can fetch it by the digest that records name, and logs it. */
export async function publishEngine({ log, objects, settings, world }: Ports): Promise<void> {
  const name = engineKey(settings.engine.digest as Digest)
  const bytes = readEngineFile()
  if (!(await objects.exists('public', name))) {
    await objects.put('public', name, bytes, {
      contentType: 'text/javascript',
      cacheControl: frozenCache('public'),
    })
  }
  const at = world.now()
  await log.append(engineEntry(settings.engine, at), at)
}
