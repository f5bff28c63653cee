/** Parties on the wire. */

import { z } from '@hono/zod-openapi'
import {
  type ApiClient,
  memberRoles,
  type NewMember,
  type Organization,
  scopes,
} from '../../../ports/parties.ts'
import { organizationKinds } from '../../../ports/request.ts'
import { Country, Id, Instant, instant, line, Names, Slug } from '../../schemas.ts'

export const NewOrganization = z
  .strictObject({
    kind: z.enum(organizationKinds),
    slug: Slug.describe('Short name in URLs; part of the DID of a certification body; never changes'),
    name: Names,
    country: Country,
    unifiedSocialCreditCode: z
      .string()
      .max(18)
      .nullable()
      .default(null)
      .describe(
        '统一社会信用代码 (GB 32100); needed for a Chinese organization, its check digit is verified',
      ),
  })
  .openapi('NewOrganization')

export const OrganizationView = z
  .object({
    id: Id,
    kind: z.enum(organizationKinds),
    slug: Slug,
    name: Names,
    country: Country,
    unifiedSocialCreditCode: z.string().nullable(),
    createdAt: Instant,
  })
  .openapi('Organization')

export const NewMemberBody = z
  .strictObject({ personId: Id, roles: z.array(z.enum(memberRoles)).min(1).max(memberRoles.length) })
  .openapi('NewMember')

export const MemberView = z
  .object({
    id: Id,
    organizationId: Id,
    personId: Id,
    personName: z.string().optional(),
    roles: z.array(z.enum(memberRoles)),
    createdAt: Instant,
  })
  .openapi('Member')

export const NewClientBody = z
  .strictObject({
    name: line(100),
    memberId: Id.nullable().default(null).describe('The member whose acts this client performs'),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  })
  .openapi('NewClient')

export const ClientView = z
  .object({
    id: Id,
    organizationId: Id,
    memberId: Id.nullable(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: Instant,
    confirmedAt: Instant.nullable().describe(
      'From when it gets tokens; null: its organization has not confirmed what the operator made',
    ),
    revokedAt: Instant.nullable(),
    secret: z.string().nullable().optional().describe('Shown once, when the client is made'),
  })
  .openapi('ApiClient')

/** An organization. */
export function viewOrganization(row: Organization): z.infer<typeof OrganizationView> {
  return { ...row, createdAt: instant(row.createdAt) }
}

/** A member. */
export function viewMember(row: NewMember & { personName?: string }): z.infer<typeof MemberView> {
  return { ...row, roles: [...row.roles], createdAt: instant(row.createdAt) }
}

/** An API client, without its secret. */
export function viewClient(row: ApiClient): z.infer<typeof ClientView> {
  return {
    ...row,
    scopes: [...row.scopes],
    createdAt: instant(row.createdAt),
    confirmedAt: row.confirmedAt && instant(row.confirmedAt),
    revokedAt: row.revokedAt && instant(row.revokedAt),
  }
}
