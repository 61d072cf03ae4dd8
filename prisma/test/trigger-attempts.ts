import { loginRoles, viewerRoles } from '../src/roles.ts'

/** A row by the values that matter, as SQL expressions; the other columns that must have one get some. */
export type Row = readonly [table: string, values?: Readonly<Record<string, string>>]

/** What a statement does that sets off a trigger. */
export type Attempt = {
  /** What is there beside {@link base}, put past every trigger and foreign key. */
  readonly given?: readonly Row[]
  /** A statement, or a row that is inserted. */
  readonly act: string | Row
  /** Who acts; a superuser when left out. */
  readonly as?: string
  /** A privilege that they are given for it, where their own would refuse before the trigger does. */
  readonly granted?: string
  /** SQLSTATE with which the trigger refuses the act. */
  readonly refused?: '23001' | '42501'
  /** Of a trigger that does something: a condition that is true afterwards, and without the trigger is not. */
  readonly effect?: string
}

const [stays, forbidden] = ['23001', '42501'] as const

function id(n: number): string {
  return `'00000000-0000-4000-8000-${String(n).padStart(12, '0')}'::uuid`
}
const ann = id(1)
const same = id(2)
const ben = id(3)
const team = id(4)
export const channel = id(5)
const contact = id(6)
const matter = id(7)
const message = id(8)
const run = id(9)
const other = id(10)

/** Ann has two accounts, Ben has one. A matter of Ann's team, with a message. */
export const base: readonly Row[] = [
  ['account', { id: ann, person_id: ann, email: `'a'` }],
  ['account', { id: same, person_id: ann, email: `'b'` }],
  ['account', { id: ben, person_id: ben, email: `'c'` }],
  ['team', { id: team }],
  ['team_member', { account_id: ann, team_id: team }],
  ['channel', { id: channel, team_id: team, vendor: `'meta'` }],
  ['contact', { id: contact, channel_id: channel }],
  ['conversation', { id: matter, channel_id: channel, contact_id: contact, team_id: team }],
  [
    'message',
    { id: message, conversation_id: matter, channel_id: channel, direction: `'inbound'`, kind: `'text'` },
  ],
]

const followed: Row = [
  'broken_ledger',
  {
    number: '1',
    size: '0',
    root: `decode(repeat('00', 32), 'hex')`,
    fault: `'missing'`,
    findings: `'{}'`,
    reason: `'LEGAL_ORDER'`,
    proposed_by: ann,
    proposed_role: `'records'`,
    approved_by: ben,
    approved_role: `'dpo'`,
    decided_at: 'now()',
    key_id: other,
    followed_at: 'now()',
  },
]

const closed = {
  channel_id: channel,
  contact_id: contact,
  team_id: team,
  state: `'closed'`,
  closed_at: 'now()',
}
const filed: Row = ['conversation', { ...closed, id: other, filing: `'FILED'`, cluster: `'DA03'` }]
const condemned: Row = ['conversation', { ...closed, id: other, condemned_by: run }]
const hold = {
  set_by: ann,
  review_at: `now() + interval '1 hour'`,
  expires_at: `now() + interval '1 day'`,
  basis: `'x'`,
}
const heldAll: Row = ['legal_hold', { ...hold, kind: `'hold'`, scope: `'EVERYTHING'` }]
const restriction: Row = [
  'legal_hold',
  {
    ...hold,
    id: id(20),
    kind: `'restriction'`,
    scope: `'CONVERSATION'`,
    object_id: other,
    expires_at: 'null',
    basis: 'null',
  },
]
const isTold = `exists (select from live_event where type = 'decision.changed')`
const isFiledAgain = `exists (select from archive_task where conversation_id = ${other})`
const holdsAlone = `exists (select from pg_locks where pid = pg_backend_pid() and classid = 7319 and objid = 10 and mode = 'ExclusiveLock')`

const withdrawal = { withdrawn_at: 'now()', withdrawn_by: ann, withdrawal_sealed: `'\\x01'` }
function withdrawn(by: string): string {
  return `update correction set withdrawn_at = now(), withdrawn_by = ${by}, withdrawal_sealed = '\\x01'`
}

const sealed: Row = ['archive_package', { id: other }]

/** Neither changed nor deleted nor emptied. */
function appendOnly(table: string, column: string, ...given: readonly Row[]): Attempt[] {
  return [
    `update ${table} set ${column} = ${column}`,
    `delete from ${table}`,
    `truncate ${table} cascade`,
  ].map((act) => ({ given: given.length > 0 ? given : [[table]], act, refused: stays }))
}

/** Browsers hear of a row that is new and of one that is changed, at the end of the transaction. */
function told(table: string, column: string, values: Readonly<Record<string, string>>): Attempt[] {
  return [
    { act: [table, values], effect: isTold },
    { given: [[table, values]], act: `update ${table} set ${column} = ${column}`, effect: isTold },
  ]
}

const { worker, api } = loginRoles
const request = {
  kind: `'ACCESS'`,
  contact_id: contact,
  conversation_id: matter,
  message_id: message,
  due_at: `now() + interval '30 days'`,
}
const identifies = `update data_subject_request set identity = 'IN_PERSON', identified_at = now(), identified_by = ${ann}`
const handOver = { package_id: other, message: `'0401'`, way: `'download'`, prepared_by: ann }
/** What becomes an entry of the ledger. */
function isEntered(type: 'REQUEST' | 'HAND_OVER'): string {
  return `exists (select from ledger_act where type = '${type}')`
}
const offer: Row = ['archive_offer', { id: id(21), offered_by: ann }]
const offered = { conversation_id: matter, offer_id: id(21), proposal: `'A'` }
const withdrawnOffer: Row = [
  'archive_offer',
  {
    id: id(21),
    offered_by: ann,
    withdrawn_at: 'now()',
    withdrawal_reason: `'BY_MISTAKE'`,
    withdrawn_numbers: `'{1}'`,
  },
]
const ofRestore = { kind: `'restore'`, state: `'approved'` }
const standing = {
  id: id(22),
  cluster: `'DA01'`,
  rule: `'LR-DA01@1'`,
  proposed_by: ann,
  proposed_role: `'records'`,
  approved_by: ben,
  approved_role: `'dpo'`,
  ends_at: `now() + interval '1 day'`,
}
const underStanding = {
  kind: `'planned'`,
  standing_approval_id: id(22),
  state: `'approved'`,
  planned_by: ben,
  planned_role: `'records'`,
  approved_by: ann,
  approved_role: `'dpo'`,
}
const plan = { version: '7', proposed_by: ann, approved_by: ben, approved_at: 'now()' }
const planEntry = { version: '7', reference: `'10'`, title: `'x'` }
const notice = {
  version: '7',
  text: `'x'`,
  easy_text: `'x'`,
  proposed_by: ann,
  approved_by: ben,
  approved_at: 'now()',
}
const evidence = {
  id: id(23),
  contact_id: contact,
  message_id: message,
  version: '7',
  stored_at: 'now()',
  send_state: `'queued'`,
  variant: `'plain'`,
}
const proposal = {
  id: id(24),
  kind: `'deletion-run'`,
  proposed_by: ann,
  payload: `jsonb_build_object('runId', ${run})`,
}
const emergency = {
  account_id: ann,
  team_id: team,
  granted_by: ben,
  reason: `'fault'`,
  until: `now() + interval '30 minutes'`,
}
const restore = { id: id(25), to_seq: '2', replayed_at: 'now()' }

/** Every trigger of the product, and what shows that it is there: for each event on which it is set off. */
export const attempts: Readonly<Record<string, readonly Attempt[]>> = {
  account_role_given: [
    { act: ['account', { role: `'dpo'` }], as: viewerRoles.technical, refused: forbidden },
    {
      act: `update account set role = 'dpo' where id = ${ann}`,
      as: viewerRoles.technical,
      refused: forbidden,
    },
  ],
  algorithm_calendar_stays: appendOnly('algorithm_calendar', 'calendar', [
    'algorithm_calendar',
    {
      proposed_by: ann,
      approved_by: ben,
    },
  ]),
  archive_check_change: appendOnly('archive_check', 'leaves'),
  archive_checkpoint_change: appendOnly('archive_checkpoint', 'note'),
  archive_erasure_change: appendOnly('archive_erasure', 'rule', sealed, [
    'archive_erasure',
    { package_id: other },
  ]),
  archive_item_change: appendOnly('archive_item', 'kind', sealed, [
    'archive_item',
    { package_id: other, kind: `'NOTE'` },
  ]),
  archive_leaf_change: appendOnly('archive_leaf', 'leaf'),
  archive_package_change: appendOnly('archive_package', 'manifest'),
  audit_checkpoint_change: appendOnly('audit_checkpoint', 'note'),
  audit_leaf_change: appendOnly('audit_leaf', 'leaf'),
  hand_over_answer_change: appendOnly('hand_over_answer', 'accepted', [
    'hand_over_answer',
    {
      verdict: `'foreign'`,
      accepted: 'false',
    },
  ]),
  audit_entry_change: [`update audit_entry set facts = facts`, `truncate audit_entry cascade`].map((act) => ({
    act,
    refused: stays,
  })),
  audit_entry_deletion: [
    {
      given: [['audit_entry', { cluster: `'DA12'`, expires_at: `now() + interval '1 day'` }]],
      act: 'delete from audit_entry',
      refused: stays,
    },
  ],
  audit_entry_waits: [
    {
      act: ['audit_entry', { id: '26', cluster: `'DA12'`, expires_at: `now() + interval '1 day'` }],
      effect: `exists (select from audit_waiting where entry_id = 26)`,
    },
  ],
  archive_agreement_restored: [
    { act: ['archive_agreement', { agreement: `'{}'` }], as: worker, refused: forbidden },
  ],
  archive_offer_item_wanted: [
    {
      given: [offer, ['archive_offer_item', offered]],
      act: `update archive_offer_item set valuation = 'A', basis = 'EE-2026-01', decided_by = ${ann}, decided_at = now(), transfer = 'OPEN'`,
      effect: `exists (select from archive_task where conversation_id = ${matter})`,
    },
  ],
  archive_offer_restored: [{ act: ['archive_offer', { offered_by: ann }], as: worker, refused: forbidden }],
  archive_offer_hides: [
    {
      given: [offer],
      act: ['archive_offer_item', offered],
      effect: `(select restricted_at is not null from conversation where id = ${matter})`,
    },
  ],
  archive_offer_item_goes: [
    {
      given: [offer, ['archive_offer_item', offered]],
      act: 'delete from archive_offer_item',
      refused: stays,
    },
  ],
  archive_offer_shows: [
    {
      given: [
        withdrawnOffer,
        ['conversation', { ...closed, id: other, restricted_at: 'now()' }],
        ['archive_offer_item', { ...offered, conversation_id: other, number: '1' }],
      ],
      act: 'delete from archive_offer_item',
      effect: `(select restricted_at is null from conversation where id = ${other})`,
    },
  ],
  archive_offer_item_restored: [
    { given: [offer], act: ['archive_offer_item', offered], as: worker, refused: forbidden },
    {
      given: [offer, ['archive_offer_item', offered]],
      act: `update archive_offer_item set valuation = 'V', basis = 'GV-2026-01', decided_by = ${ben}, decided_at = now()`,
      as: worker,
      refused: forbidden,
    },
  ],
  archive_offer_item_stays: [
    {
      given: [offer, ['archive_offer_item', offered]],
      act: 'update archive_offer_item set number = 9',
      refused: stays,
    },
  ],
  attachment_deleted: [
    {
      given: [['attachment', { id: id(27), conversation_id: matter, kind: `'image'` }]],
      act: 'delete from attachment',
      effect: `exists (select from media_removal where attachment_id = ${id(27)})`,
    },
  ],
  attachment_not_held: [
    {
      given: [heldAll, ['attachment', { conversation_id: matter, kind: `'image'` }]],
      act: 'delete from attachment',
      refused: stays,
    },
  ],
  broken_ledger_change: ['update broken_ledger set found_at = now()', 'delete from broken_ledger'].map(
    (act) => ({
      given: [followed],
      act,
      refused: stays,
    }),
  ),
  contact_not_held: [
    {
      given: [heldAll, ['contact', { id: other }]],
      act: `delete from contact where id = ${other}`,
      refused: stays,
    },
  ],
  conversation_begins_relation: [
    {
      given: [['contact', { id: other, channel_id: channel, relation_ended_at: 'now()' }]],
      act: ['conversation', { channel_id: channel, contact_id: other, team_id: team }],
      effect: `(select relation_ended_at is null from contact where id = ${other})`,
    },
  ],
  conversation_filed: [
    {
      given: [['conversation', { ...closed, id: other }]],
      act: `update conversation set filing = 'HANDOVER_OPEN' where id = ${other}`,
      effect: isFiledAgain,
    },
  ],
  conversation_not_held: [
    {
      given: [heldAll, ['conversation', { ...closed, id: other }]],
      act: `delete from conversation where id = ${other}`,
      refused: stays,
    },
  ],
  correction_condemned: [
    { given: [condemned], act: ['correction', { conversation_id: other, marked_by: ann }], refused: stays },
  ],
  correction_filed_again: [
    { given: [filed], act: ['correction', { conversation_id: other, marked_by: ann }], effect: isFiledAgain },
    {
      given: [filed, ['correction', { conversation_id: other, marked_by: ann }]],
      act: withdrawn(ben),
      effect: isFiledAgain,
    },
  ],
  correction_stays: [
    {
      given: [['correction', { conversation_id: matter, marked_by: ann }]],
      act: `update correction set marked_by = ${ben}`,
      refused: stays,
    },
    {
      given: [['correction', { conversation_id: matter, marked_by: ann, ...withdrawal }]],
      act: withdrawn(ben),
      refused: stays,
    },
  ],
  correction_withdrawn_condemned: [
    {
      given: [condemned, ['correction', { conversation_id: other, marked_by: ann }]],
      act: withdrawn(ann),
      refused: stays,
    },
  ],
  data_key_archive_item: [
    {
      given: [
        ['archive_item', { id: id(28), kind: `'NOTE'` }],
        ['data_key', { id: id(28), purpose: `'archive-item'` }],
      ],
      act: `delete from data_key where id = ${id(28)}`,
      refused: stays,
    },
  ],
  data_key_destroyed: [
    {
      given: [['data_key', { id: id(29), purpose: `'contact'` }]],
      act: `delete from data_key where id = ${id(29)}`,
      effect: `exists (select from destroyed_key where id = ${id(29)})`,
    },
  ],
  data_subject_request_by_run: [
    { given: [['data_subject_request', request]], act: 'delete from data_subject_request', refused: stays },
  ],
  data_subject_request_made: [{ act: ['data_subject_request', request], effect: isEntered('REQUEST') }],
  data_subject_request_moved: [
    { given: [['data_subject_request', request]], act: identifies, effect: isEntered('REQUEST') },
  ],
  data_subject_request_opened_again: [
    {
      act: [
        'data_subject_request',
        { ...request, message_id: 'null', opened_by: ann, opened_role: `'records'` },
      ],
      as: worker,
      refused: forbidden,
    },
  ],
  data_subject_request_restored: [
    { given: [['data_subject_request', request]], act: identifies, as: worker, refused: forbidden },
  ],
  data_subject_request_stays: [
    {
      given: [['data_subject_request', request]],
      act: `update data_subject_request set kind = 'PORTABILITY'`,
      refused: stays,
    },
  ],
  data_subject_request_told: told('data_subject_request', 'kind', request),
  deletion_rule_restored: [
    {
      act: [
        'deletion_rule',
        { cluster: `'DA01'`, version: '7', proposed_by: ann, approved_by: ben, approved_at: 'now()' },
      ],
      as: worker,
      refused: forbidden,
    },
    {
      act: `update deletion_rule set proposed_by = ${ann}, approved_by = ${ben}, approved_at = now() where cluster = 'DA01' and version = 1`,
      as: worker,
      refused: forbidden,
    },
  ],
  deletion_rule_stays: [
    { act: `update deletion_rule set valid_from = now() where cluster = 'DA01'`, refused: forbidden },
    { act: `delete from deletion_rule where cluster = 'DA01'`, refused: forbidden },
  ],
  deletion_run_restores: [
    { act: ['deletion_run', { kind: `'restore'` }], as: api, refused: forbidden },
    {
      given: [['deletion_run', ofRestore]],
      act: `update deletion_run set state = 'running'`,
      as: api,
      refused: forbidden,
    },
  ],
  deletion_run_standing: [
    { given: [['standing_approval', standing]], act: ['deletion_run', underStanding], refused: forbidden },
    {
      given: [
        ['standing_approval', standing],
        ['deletion_run', underStanding],
      ],
      act: `update deletion_run set state = 'running'`,
      refused: forbidden,
    },
  ],
  deletion_run_told: told('deletion_run', 'state', { kind: `'planned'`, state: `'prepared'` }),
  deletion_run_two_persons: [
    {
      act: [
        'deletion_run',
        { kind: `'manual'`, state: `'approved'`, planned_by: ann, planned_role: `'dpo'`, approved_by: same },
      ],
      refused: forbidden,
    },
    {
      given: [
        ['deletion_run', { kind: `'manual'`, state: `'planned'`, planned_by: ann, planned_role: `'dpo'` }],
      ],
      act: `update deletion_run set approved_by = ${same}`,
      refused: forbidden,
    },
  ],
  deletion_run_item_condemned: [
    {
      given: [['deletion_run', { id: run, kind: `'planned'`, state: `'prepared'` }]],
      act: ['deletion_run_item', { run_id: run, kind: `'contact'`, state: `'condemned'`, facts: `'{}'` }],
      as: api,
      refused: forbidden,
    },
    {
      given: [
        ['deletion_run', { id: run, kind: `'planned'`, state: `'prepared'` }],
        ['deletion_run_item', { run_id: run, kind: `'contact'`, state: `'planned'`, facts: `'{}'` }],
      ],
      act: `update deletion_run_item set state = 'condemned'`,
      as: api,
      granted: 'update on deletion_run_item',
      refused: forbidden,
    },
  ],
  emergency_access_told: told('emergency_access', 'reason', emergency),
  filing_plan_stays: [`update filing_plan set proposed_by = ${same}`, 'delete from filing_plan'].map(
    (act) => ({
      given: [['filing_plan', plan]],
      act,
      refused: forbidden,
    }),
  ),
  filing_plan_entry_stays: [
    { given: [['filing_plan', plan]], act: ['filing_plan_entry', planEntry], refused: forbidden },
    ...[`update filing_plan_entry set title = 'y'`, 'delete from filing_plan_entry'].map(
      (act): Attempt => ({
        given: [
          ['filing_plan', plan],
          ['filing_plan_entry', planEntry],
        ],
        act,
        refused: forbidden,
      }),
    ),
  ],
  catalogue_request_stays: [
    {
      given: [
        ['catalogue_request', { way: `'download'`, sent_at: 'now()', answered_at: 'now()', answer: `'{}'` }],
      ],
      act: 'update catalogue_request set answered_at = null, answer = null',
      refused: stays,
    },
  ],
  hand_over_moved: [
    {
      given: [sealed, ['hand_over', handOver]],
      act: `update hand_over set state = 'sent', sent_at = now()`,
      effect: isEntered('HAND_OVER'),
    },
  ],
  hand_over_restored: [{ given: [sealed], act: ['hand_over', handOver], as: worker, refused: forbidden }],
  hand_over_stays: [
    {
      given: [sealed, ['hand_over', handOver]],
      act: `update hand_over set version = 'y'`,
      refused: stays,
    },
  ],
  ledger_state_follows: [
    {
      given: [['ledger_state', { applied_size: '2' }]],
      act: 'update ledger_state set applied_size = 10000001',
      refused: stays,
    },
  ],
  ledger_state_grows: ['update ledger_state set applied_size = 1', 'delete from ledger_state'].map((act) => ({
    given: [['ledger_state', { applied_size: '2' }]],
    act,
    refused: stays,
  })),
  legal_hold_alone: [
    { act: heldAll, effect: holdsAlone },
    { act: 'update legal_hold set reason = reason where false', effect: holdsAlone },
    { act: 'delete from legal_hold where false', effect: holdsAlone },
  ],
  legal_hold_ends_in_time: [
    { given: [heldAll], act: 'update legal_hold set ended_at = expires_at', refused: stays },
  ],
  legal_hold_hides: [
    {
      given: [['conversation', { ...closed, id: other }]],
      act: restriction,
      effect: `(select restricted_at is not null from conversation where id = ${other})`,
    },
  ],
  legal_hold_restored: [
    { act: heldAll, as: worker, refused: forbidden },
    {
      given: [heldAll],
      act: `update legal_hold set informed_at = now()`,
      as: worker,
      refused: forbidden,
    },
  ],
  legal_hold_shows_again: [
    {
      given: [['conversation', { ...closed, id: other, restricted_at: 'now()' }], restriction],
      act: `update legal_hold set ended_at = now(), release_proposed_by = ${ann}, released_by = ${ben}, informed_at = now()`,
      effect: `(select restricted_at is null from conversation where id = ${other})`,
    },
  ],
  legal_hold_stays: [`update legal_hold set reason = 'y'`, 'delete from legal_hold'].map((act) => ({
    given: [heldAll],
    act,
    refused: stays,
  })),
  legal_hold_told: [
    { act: heldAll, effect: isTold },
    { given: [heldAll], act: 'update legal_hold set reason = reason', effect: isTold },
  ],
  message_filed_again: [
    {
      given: [
        filed,
        ['message', { conversation_id: other, channel_id: channel, direction: `'inbound'`, kind: `'text'` }],
      ],
      act: `update message set revoked_at = now() where conversation_id = ${other}`,
      effect: isFiledAgain,
    },
  ],
  message_not_condemned: [
    {
      given: [condemned],
      act: [
        'message',
        { conversation_id: other, channel_id: channel, direction: `'inbound'`, kind: `'text'` },
      ],
      refused: stays,
    },
  ],
  message_not_held: [{ given: [heldAll], act: 'delete from message', refused: stays }],
  message_privacy_notice_followed: [
    {
      given: [
        ['privacy_notice', notice],
        ['privacy_notice_evidence', { ...evidence, message_id: other }],
        [
          'message',
          {
            id: other,
            conversation_id: matter,
            channel_id: channel,
            direction: `'outbound'`,
            kind: `'text'`,
            send_state: `'queued'`,
            notice_version: '7',
          },
        ],
      ],
      act: `update message set send_state = 'accepted' where id = ${other}`,
      effect: `(select send_state = 'accepted' from privacy_notice_evidence)`,
    },
  ],
  privacy_notice_stays: [`update privacy_notice set text = 'y'`, 'delete from privacy_notice'].map((act) => ({
    given: [['privacy_notice', notice]],
    act,
    refused: forbidden,
  })),
  privacy_notice_evidence_stays: [
    {
      given: [['privacy_notice_evidence', evidence]],
      act: 'delete from privacy_notice_evidence',
      refused: stays,
    },
  ],
  proposal_by_two: [
    { act: ['proposal', { ...proposal, state: `'approved'`, decided_by: same }], refused: stays },
    {
      given: [['proposal', proposal]],
      act: `update proposal set state = 'approved', decided_by = ${same}`,
      refused: stays,
    },
  ],
  proposal_of_run_ends: [
    {
      given: [
        ['proposal', proposal],
        [
          'deletion_run',
          { id: run, kind: `'manual'`, state: `'planned'`, planned_by: ann, planned_role: `'dpo'` },
        ],
      ],
      act: `update proposal set state = 'withdrawn', decided_at = now()`,
      effect: `(select state = 'withdrawn' from deletion_run)`,
    },
  ],
  proposal_told: told('proposal', 'basis', { ...proposal, kind: `'x'` }),
  erased_file_filed_again: [
    {
      given: [
        filed,
        [
          'message',
          { id: other, conversation_id: other, channel_id: channel, direction: `'inbound'`, kind: `'image'` },
        ],
      ],
      act: ['erased_file', { message_id: other, ledger_entry: '1', files: '1', rule: `'x'`, ground: `'x'` }],
      effect: isFiledAgain,
    },
  ],
  reaction_filed_again: [
    {
      given: [
        filed,
        [
          'message',
          { id: other, conversation_id: other, channel_id: channel, direction: `'inbound'`, kind: `'text'` },
        ],
      ],
      act: ['reaction', { message_id: other, sender: `'citizen'` }],
      effect: isFiledAgain,
    },
  ],
  request_part_made: [
    {
      given: [['data_subject_request', { ...request, id: id(26) }]],
      act: ['request_part', { request_id: id(26), team_id: team, made_by: ann }],
      effect: isEntered('REQUEST'),
    },
  ],
  restore_task_stays: [
    {
      given: [
        ['restore', restore],
        [
          'restore_task',
          { roles: `'{dpo}'`, restore_id: id(25), taken_by: ann, taken_role: `'dpo'`, taken_at: 'now()' },
        ],
      ],
      act: `update restore_task set done_at = now(), done_by = ${ann}, done_role = 'dpo'`,
      refused: stays,
    },
  ],
  restore_task_told: [
    {
      given: [['restore', restore]],
      act: ['restore_task', { roles: `'{dpo}'`, restore_id: id(25) }],
      effect: isTold,
    },
    {
      given: [
        ['restore', restore],
        ['restore_task', { roles: `'{dpo}'`, restore_id: id(25) }],
      ],
      act: 'update restore_task set entry = entry',
      effect: isTold,
    },
  ],
  restore_tasks_taken: [
    {
      given: [
        ['restore', restore],
        ['restore_task', { roles: `'{dpo}'`, restore_id: id(25) }],
      ],
      act: `update restore set released_at = now(), approved_role = 'dpo', proposed_role = 'records'`,
      refused: stays,
    },
  ],
  restore_told: told('restore', 'holds', restore),
  standing_approval_guarded: [
    { act: ['standing_approval', { ...standing, approved_by: same }], refused: forbidden },
    {
      given: [['standing_approval', standing]],
      act: `update standing_approval set ends_at = ends_at + interval '1 day'`,
      refused: stays,
    },
    { given: [['standing_approval', standing]], act: 'delete from standing_approval', refused: stays },
  ],
  standing_approval_told: told('standing_approval', 'ends_at', standing),
  witnessed_log_grows: ['update witnessed_log set size = 1', 'delete from witnessed_log'].map((act) => ({
    given: [['witnessed_log', { size: '2' }]],
    act,
    refused: stays,
  })),
  workbench_decision_drawn: [
    {
      act: [
        'workbench_decision',
        { conversation_id: matter, decision: `'delete'`, decided_by: ann, sampled: 'true' },
      ],
      as: viewerRoles.staff,
      refused: forbidden,
    },
    {
      given: [['workbench_decision', { conversation_id: matter, decision: `'delete'`, decided_by: ann }]],
      act: 'update workbench_decision set sampled = true',
      as: viewerRoles.staff,
      refused: forbidden,
    },
  ],
}

/** As whom and for whom staff act, where they do. */
export const asAnn = `set local app.teams = '{${team.slice(1, 37)}}'; set local app.account = ${ann.slice(0, 38)}`
