/** Issued documents in Postgres as anyone may see them. Every query asks for public rows, and names the columns it may show. */

import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Page } from '../ports/parties.ts'
import type {
  NumberedDocument,
  PublicBody,
  PublicCredential,
  PublicCredentialRepository,
  PublicList,
  PublicMove,
  PublicScheme,
} from '../ports/public-credentials.ts'
import type { Db } from './database.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { credentials } from './schema/credentials.ts'
import { organizations } from './schema/parties.ts'
import { credentialMoves } from './schema/status.ts'

/** The public documents of one database session. */
export function publicCredentialRepository(db: Db): PublicCredentialRepository {
  return {
    find: (id) => findOne(db, eq(credentials.id, id)),
    findByNumber: (number) => findOne(db, eq(credentials.number, number)),
    list: (wanted, page) => list(db, wanted, page),
    predecessors: (credentialId) => predecessors(db, credentialId),
    moves: (credentialId) => moves(db, credentialId),
    findBody: (slug) => findBody(db, slug),
    schemesOf: (slug) => schemesOf(db, slug),
    bodies: () => bodies(db),
  }
}

const isPublic = eq(credentials.state, 'public')
const isBody = eq(organizations.kind, 'certification-body')

/** A document with its body, and with its last move where there was one. */
function selectPublic(db: Db) {
  const { id, number, documentKind, face, holderCode, digest, leafIndex, status, statusAt, issuedAt } =
    credentials
  const own = { id, number, documentKind, face, holderCode, digest, leafIndex, status, statusAt, issuedAt }
  return db
    .select({
      ...own,
      bodySlug: organizations.slug,
      reason: credentialMoves.reasonClass,
      successor: sql<NumberedDocument | null>`(select jsonb_build_object('id', next.id, 'number', next.number)
        from credentials next where next.id = ${credentialMoves.successorId} and next.state = 'public')`,
    })
    .from(credentials)
    .innerJoin(organizations, eq(organizations.id, credentials.bodyOrganizationId))
    .leftJoin(
      credentialMoves,
      and(
        eq(credentialMoves.credentialId, credentials.id),
        eq(credentialMoves.number, credentials.moveCount),
      ),
    )
}

async function findOne(db: Db, condition: SQL): Promise<PublicCredential | null> {
  const [row] = await selectPublic(db).where(and(condition, isPublic))
  return row ?? null
}

async function list(db: Db, wanted: PublicList, page: Page): Promise<readonly PublicCredential[]> {
  const { issuedAt, id } = credentials
  const isListed = wanted.development ? undefined : sql`not (${credentials.face} ->> 'development')::boolean`
  return selectPublic(db)
    .where(and(listedBy(db, wanted), isPublic, isListed, afterCursor(issuedAt, id, page.after)))
    .orderBy(...newestFirst(issuedAt, id))
    .limit(page.limit)
}

/** The body as a subquery of one row: so the index on body and instant gives the order, and no more rows than are shown. */
function listedBy(db: Db, wanted: PublicList): SQL {
  if ('holderCode' in wanted) return eq(credentials.holderCode, wanted.holderCode)
  const body = db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.slug, wanted.bodySlug), isBody))
  return sql`${credentials.bodyOrganizationId} = (${body})`
}

async function predecessors(db: Db, credentialId: string): Promise<readonly NumberedDocument[]> {
  return db
    .select({ id: credentials.id, number: credentials.number })
    .from(credentialMoves)
    .innerJoin(credentials, eq(credentials.id, credentialMoves.credentialId))
    .where(and(eq(credentialMoves.successorId, credentialId), isPublic))
    .orderBy(asc(credentialMoves.at))
}

async function moves(db: Db, credentialId: string): Promise<readonly PublicMove[]> {
  const { number, move, reasonClass, effectiveAt, at, leafIndex } = credentialMoves
  return db
    .select({ number, move, reasonClass, effectiveAt, at, leafIndex })
    .from(credentialMoves)
    .innerJoin(credentials, eq(credentials.id, credentialMoves.credentialId))
    .where(and(eq(credentialMoves.credentialId, credentialId), isPublic))
    .orderBy(asc(number))
}

const { slug, nameEn, nameZh, did } = organizations

/** More bodies than any city has; beyond them, `findBody` knows each by its slug. */
const bodiesMax = 500

async function schemesOf(db: Db, wanted: string): Promise<readonly PublicScheme[]> {
  const scheme = sql<PublicScheme>`${credentials.face} -> 'scheme'`
  const rows = await db
    .selectDistinct({ scheme })
    .from(credentials)
    .innerJoin(organizations, eq(organizations.id, credentials.bodyOrganizationId))
    .where(and(eq(slug, wanted), isBody, isPublic))
    .orderBy(scheme)
  return rows.map((row) => row.scheme)
}

async function findBody(db: Db, wanted: string): Promise<PublicBody | null> {
  const [row] = await selectBodies(db).where(and(eq(slug, wanted), isBody))
  return row ? toBody(row) : null
}

async function bodies(db: Db): Promise<readonly PublicBody[]> {
  const rows = await selectBodies(db).where(isBody).orderBy(asc(slug)).limit(bodiesMax)
  return rows.map(toBody)
}

function selectBodies(db: Db) {
  return db.select({ slug, nameEn, nameZh, did }).from(organizations)
}

function toBody(row: {
  slug: string
  nameEn: string
  nameZh: string | null
  did: string | null
}): PublicBody {
  return { slug: row.slug, name: { en: row.nameEn, zh: row.nameZh }, did: row.did }
}
