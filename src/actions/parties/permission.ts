/** Who may administer parties: operators everywhere, an organization's own clients at home. */

import type { MemberRole, OrganizationKind, Scope } from '../../ports/parties.ts'
import type { Actor } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** @throws Problem `role-required` unless the client belongs to an operator. */
export function requireOperator(actor: Actor): void {
  if (actor.organizationKind !== 'operator') {
    throw new Problem('role-required', 'Only a client of the operator may do this.', { role: 'operator' })
  }
}

/** @throws Problem `not-found` (the same as for no such organization) unless at home or an operator. */
export function requireHome(actor: Actor, organizationId: string): void {
  if (actor.organizationKind !== 'operator' && actor.organizationId !== organizationId) {
    throw new Problem('not-found', 'No organization with this id is visible to you.')
  }
}

export const managerRole = 'body-manager'

/** A personal act of a body's manager. @returns the person. @throws Problem `member-required`, `role-required`. */
export function requireManager({ personId }: Actor, roles: readonly string[]): string {
  if (personId === null) {
    throw new Problem('member-required', 'A person answers for this: use a client bound to a member.')
  }
  if (!roles.includes(managerRole)) {
    throw new Problem('role-required', 'This is for a manager of the body.', { roles: [managerRole] })
  }
  return personId
}

const rolesByKind: Record<OrganizationKind, readonly MemberRole[]> = {
  operator: ['operator', 'admin'],
  enterprise: ['admin', 'preparer', 'responsible'],
  'certification-body': [
    'admin',
    'body-manager',
    'lead-verifier',
    'verifier',
    'technical-expert',
    'reviewer',
    'decision-maker',
  ],
  'accreditation-body': ['admin', 'assessor'],
  'relying-party': ['admin'],
}

/** @throws Problem `invalid-request` when an organization of this kind has no such role. */
export function requireRolesOfKind(kind: OrganizationKind, roles: readonly MemberRole[]): void {
  const wrong = roles.findIndex((role) => !rolesByKind[kind].includes(role))
  if (wrong >= 0) {
    throw new Problem(
      'invalid-request',
      `A member of an organization of kind "${kind}" can be ${rolesByKind[kind].join(', ')}.`,
      {
        pointer: `/roles/${wrong}`,
      },
    )
  }
}

const scopesByKind: Record<OrganizationKind, readonly Scope[]> = {
  operator: ['parties:read', 'parties:write', 'calculations:run', 'factors:write', 'metrics:read'],
  enterprise: [
    'parties:read',
    'parties:write',
    'calculations:run',
    'factors:write',
    'footprints:read',
    'footprints:write',
    'engagements:read',
    'engagements:write',
    'notices:read',
    'notices:write',
  ],
  'certification-body': [
    'parties:read',
    'parties:write',
    'calculations:run',
    'footprints:read',
    'engagements:read',
    'engagements:write',
    'notices:read',
    'notices:write',
  ],
  'accreditation-body': [
    'parties:read',
    'parties:write',
    'footprints:read',
    'engagements:read',
    'notices:read',
    'notices:write',
  ],
  'relying-party': ['parties:read', 'parties:write', 'notices:read', 'notices:write'],
}

/** @throws Problem `invalid-request` for a scope beyond the organization's kind: least privilege. */
export function requireScopesOfKind(kind: OrganizationKind, scopes: readonly Scope[]): void {
  const wrong = scopes.findIndex((scope) => !scopesByKind[kind].includes(scope))
  if (wrong >= 0) {
    throw new Problem(
      'invalid-request',
      `A client of an organization of kind "${kind}" can have ${scopesByKind[kind].join(', ')}.`,
      {
        pointer: `/scopes/${wrong}`,
      },
    )
  }
}
