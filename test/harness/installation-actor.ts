/** The installation as the author of what a command does. */

const nobody = '00000000-0000-0000-0000-000000000000'

export const installationActor = {
  actor: {
    clientId: nobody,
    organizationId: nobody,
    organizationKind: 'operator',
    memberId: null,
    personId: null,
    scopes: [],
  },
  mark: { idempotencyKey: null, digest: 'test' },
} as const
