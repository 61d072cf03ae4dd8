import { goesWith, type Mark, since } from './fate.ts'

/** Who works here, how they sign in, and what they did. */
export const staffTables = {
  account: {
    fates: [since('disabled_at', 'DA19', { event: 'RELATION_ENDED' })],
    personal: 'id email display_name role password_hash person_id deputy_id',
    other: 'disabled_at created_at revision',
  },
  team_member: { fates: [goesWith('DA19', 'account')], personal: 'account_id', other: 'team_id' },
  totp_factor: {
    fates: [goesWith('DA19', 'account')],
    personal: 'account_id secret_sealed',
    other: 'key_id confirmed_at used_step',
  },
  passkey: {
    fates: [goesWith('DA19', 'account')],
    personal: 'id account_id credential_id public_key name used_at',
    other: 'counter transports rp_id created_at',
  },
  recovery_code: { fates: [goesWith('DA19', 'account')], personal: 'code_mac account_id', other: '' },
  linked_identity: {
    fates: [goesWith('DA19', 'account')],
    personal: 'issuer subject account_id',
    other: 'linked_at',
  },
  invitation: {
    fates: [goesWith('DA19', 'account')],
    personal: 'account_id token_hash',
    other: 'expires_at',
  },
  session: {
    fates: [since('created_at', 'DA12')],
    personal:
      'token_hash id account_id device network certificate issuer subject provider_session used_at emergency_access_id',
    other: 'created_at expires_at authenticated_at second_factor',
  },
  sign_in_ceremony: {
    fates: [since('expires_at', 'DA12')],
    personal: 'token_hash account_id state',
    other: 'purpose expires_at',
  },
  sign_in_failure: { fates: [since('since_at', 'DA12')], personal: 'bucket_mac', other: 'count since_at' },
  presence: {
    fates: [since('seen_at', 'DA12')],
    personal: 'account_id conversation_id',
    other: 'tab_id writing seen_at',
  },
  proposal: {
    fates: [since('decided_at', 'DA12')],
    personal: 'payload secret_sealed object_id concerns_id proposed_by decided_by',
    other: 'id kind key_id basis state proposed_at expires_at decided_at refusal',
  },
  emergency_access: {
    fates: [since('granted_at', 'DA12')],
    personal: 'account_id granted_by operators ended_by',
    other: 'id team_id reason granted_at until ended_at',
  },
  // What nobody has acknowledged has not begun to run.
  dpo_notice: {
    fates: [since('acknowledged_at', 'DA12')],
    personal: 'object_id facts proposed_by decided_by acknowledged_by',
    other: 'id kind at acknowledged_at',
  },
  audit_entry: {
    fates: [since('at', 'DA12', { byCluster: true }), since('at', 'DA13', { byCluster: true })],
    personal: 'actor_id actor_role network object_id facts',
    other: 'id at cluster act object_kind salt once expires_at',
  },
} as const satisfies Readonly<Record<string, Mark>>
