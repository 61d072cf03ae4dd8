import type {
  AnswerLook,
  AnswersFault,
  ArchiveValuation,
  Attachment,
  AuditEntry,
  BrokenLedgerFound,
  Channel,
  CheckpointProof,
  Conversation,
  DataSubjectRequest,
  DeletionRun,
  DocumentKind,
  DpoNoticeKind,
  EmergencyReason,
  HandOverFailure,
  HandOverMessage,
  HandOverState,
  HandOverWay,
  HoldReminder,
  HoldScope,
  LegalHold,
  Message,
  ProcessorTask,
  ProposalState,
  RequestCode,
  RequestNews,
  WithdrawalReason,
  WitnessConflict,
  WorkbenchDecision,
} from '@buergerdraht/contract'
import type { NewLiveEvent } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import type { Filing, LedgerEntry, MissingStart, Offering } from '@buergerdraht/records'
import { expect, test } from 'vitest'
import type { EarlyItem } from '../../src/ingest/early-arrivals.ts'
import type { IdentityKind } from '../../src/ingest/identity.ts'
import type { NoticeGiven } from '../../src/privacy-notice/notices-given.ts'

type Transfer = Extract<Offering, { valuation: 'A' }>['transfer']

/** All of a union: the compiler refuses a value that is missing and one that is too many. */
function allOf<T extends string>(values: Readonly<Record<T, true>>): string[] {
  return Object.keys(values).sort()
}

const starts = allOf<MissingStart>({
  COLLECTED: true,
  CASE_CLOSED: true,
  RELATION_ENDED: true,
  VARIANT: true,
  PARENT: true,
  RULE: true,
})

/** What the code writes into each column that takes only certain words. */
const failuresOfSending = allOf<HandOverFailure>({
  unreachable: true,
  'wrong-host': true,
  'login-refused': true,
  refused: true,
  'disk-full': true,
  'not-writable': true,
  'package-missing': true,
  'key-missing': true,
  'too-large': true,
  defect: true,
})

const written: Readonly<Record<string, string[]>> = {
  archive_offer_item_proposal: allOf<ArchiveValuation>({ A: true, B: true, V: true }),
  archive_offer_item_valuation: allOf<ArchiveValuation>({ A: true, B: true, V: true }),
  archive_offer_item_transfer: allOf<Transfer>({ OPEN: true, SENT: true, FAILED: true, CONFIRMED: true }),
  archive_offer_reminded_of: ['ended', 'ends-soon'],
  archive_offer_withdrawal_reason: allOf<WithdrawalReason>({
    BY_MISTAKE: true,
    STILL_NEEDED: true,
    WRONG_LIST: true,
  }),
  // What packages/custody seals; it stands above this package.
  archive_task_failure: [
    'clock-behind',
    'defect',
    'disk-full',
    'file-missing',
    'key-missing',
    'not-verified',
  ],
  archive_task_state: ['placed', 'prepared', 'waiting'],
  archive_item_kind: ['ATTACHMENT', 'MESSAGE', 'METADATA', 'NOTE', 'RENDERING'],
  // What packages/custody hands over; it stands above this package.
  hand_over_answer_accepted: ['received', 'rejected', 'taken', 'valued'],
  hand_over_ended: ['confirmed', 'rejected', 'withdrawn'],
  answer_look_way: allOf<AnswerLook['way']>({ folder: true, webdav: true, sftp: true }),
  answer_look_fault: allOf<AnswersFault>({
    unreachable: true,
    'wrong-host': true,
    'login-refused': true,
    'no-access': true,
    'not-put-away': true,
    'not-understood': true,
    defect: true,
  }),
  catalogue_request_way: allOf<HandOverWay>({ folder: true, webdav: true, sftp: true, download: true }),
  catalogue_request_failure: failuresOfSending,
  hand_over_failure: failuresOfSending,
  hand_over_message: allOf<HandOverMessage>({ '0401': true, '0503': true, '0605': true }),
  hand_over_sent: ['prepared', 'withdrawn'],
  hand_over_state: allOf<HandOverState>({
    prepared: true,
    sent: true,
    received: true,
    confirmed: true,
    rejected: true,
    withdrawn: true,
  }),
  hand_over_way: allOf<HandOverWay>({ folder: true, webdav: true, sftp: true, download: true }),
  attachment_kind: allOf<Attachment['kind']>({
    image: true,
    video: true,
    audio: true,
    voice: true,
    document: true,
    sticker: true,
  }),
  attachment_quarantine: allOf<NonNullable<Attachment['quarantine']>>({
    'dangerous-type': true,
    'active-content': true,
    'external-content': true,
    'embedded-object': true,
    'hidden-program': true,
    'too-many-pixels': true,
    unreadable: true,
    integrity: true,
  }),
  // `conversation`: only in rows of an earlier version, until the worker has moved them.
  attachment_sealed_with: allOf<'conversation' | 'moving' | 'own'>({
    conversation: true,
    moving: true,
    own: true,
  }),
  attachment_state: allOf<Attachment['state']>({
    pending: true,
    ready: true,
    expired: true,
    'too-large': true,
    infected: true,
    quarantined: true,
    failed: true,
  }),
  attachment_waits_for: starts,
  audit_entry_cluster: allOf<AuditEntry['cluster']>({ DA12: true, DA13: true }),
  broken_ledger_fault: allOf<BrokenLedgerFound['fault']>({
    missing: true,
    foreign: true,
    damaged: true,
    behind: true,
    inconsistent: true,
  }),
  broken_ledger_reason: allOf<Extract<LedgerEntry, { type: 'BREAK_GLASS' }>['reason']>({
    LEDGER_UNREACHABLE: true,
    DANGER_TO_LIFE: true,
    SYSTEM_FAILURE: true,
    LEGAL_ORDER: true,
  }),
  channel_state: allOf<Channel['state']>({ enabled: true, stopped: true, disabled: true }),
  channel_vendor: allOf<Channel['vendor']>({ meta: true, '360dialog': true }),
  contact_identity_kind: allOf<IdentityKind>({ phone: true, bsuid: true, 'parent-bsuid': true }),
  contact_notice: allOf<NonNullable<Conversation['identityNotice']>>({
    'number-changed': true,
    'user-id-changed': true,
    'identity-key-changed': true,
    'identity-conflict': true,
  }),
  contact_waits_for: starts,
  conversation_filing: allOf<Exclude<Filing, 'NOT_APPLICABLE'>>({
    UNDECIDED: true,
    NOT_FILE_RELEVANT: true,
    HANDOVER_OPEN: true,
    FILED: true,
  }),
  conversation_waits_for: starts,
  conversation_state: allOf<Conversation['status']>({ open: true, closed: true }),
  data_subject_request_extension_reason: allOf<NonNullable<DataSubjectRequest['extended']>['reason']>({
    COMPLEXITY: true,
    NUMBER: true,
  }),
  data_subject_request_identity: allOf<NonNullable<DataSubjectRequest['identity']>['way']>({
    SAME_CHAT: true,
    IN_PERSON: true,
  }),
  data_subject_request_kind: allOf<RequestCode>({
    ACCESS: true,
    RECTIFICATION: true,
    ERASURE: true,
    RESTRICTION: true,
    PORTABILITY: true,
  }),
  data_subject_request_outcome: allOf<NonNullable<DataSubjectRequest['decision']>['outcome']>({
    GRANTED: true,
    REFUSED: true,
    NOT_MEANT: true,
  }),
  data_subject_request_reminded_of: allOf<RequestNews>({ received: true, 'ends-soon': true, overdue: true }),
  deletion_run_kind: allOf<DeletionRun['kind']>({
    planned: true,
    manual: true,
    erasure: true,
    emergency: true,
    restore: true,
  }),
  // The states in which nobody has planned it.
  deletion_run_planned: ['expired', 'prepared'],
  deletion_run_state: allOf<DeletionRun['state']>({
    prepared: true,
    planned: true,
    approved: true,
    running: true,
    completed: true,
    failed: true,
    expired: true,
    withdrawn: true,
  }),
  checkpoint_proof_kind: allOf<CheckpointProof['kind']>({
    folder: true,
    bucket: true,
    mailbox: true,
    'time-stamp': true,
    witness: true,
  }),
  // What packages/custody destroys; it stands above this package.
  deletion_run_item_kind: ['attachment', 'contact', 'conversation', 'message', 'notice', 'request'],
  deletion_run_item_state: ['condemned', 'fallen-out', 'planned'],
  document_issue_kind: allOf<DocumentKind>({
    'deletion-concept': true,
    'processing-record': true,
    'security-measures': true,
    'impact-assessment': true,
  }),
  dpo_notice_kind: allOf<DpoNoticeKind>({
    'emergency-access': true,
    'channel-account': true,
    'legal-hold': true,
    'tidying-day': true,
    'data-subject-request': true,
    'archive-offer': true,
    'emergency-run': true,
  }),
  early_arrival_kind: allOf<EarlyItem['kind']>({ status: true, reaction: true }),
  emergency_access_reason: allOf<EmergencyReason>({
    danger: true,
    'team-absent': true,
    'legal-deadline': true,
    fault: true,
    'security-incident': true,
  }),
  ledger_act_type: [
    'ARCHIVE_AGREEMENT',
    'ARCHIVE_DECISION',
    'ARCHIVE_OFFER',
    'ARCHIVE_WITHDRAWAL',
    'FILING_PLAN',
    'HAND_OVER',
    'HOLD_RELEASE',
    'HOLD_SET',
    'REQUEST',
    'RESTRICT',
    'RULES_SIGNED',
    'RULE_CHANGE',
    'UNRESTRICT',
  ],
  legal_hold_kind: allOf<LegalHold['kind']>({ hold: true, restriction: true }),
  legal_hold_reminded_of: allOf<HoldReminder>({ review: true, 'ends-soon': true, expired: true }),
  legal_hold_scope: allOf<HoldScope['kind']>({
    OBJECT: true,
    CONVERSATION: true,
    CONTACT: true,
    CLUSTER: true,
    EVERYTHING: true,
  }),
  live_event_type: allOf<NewLiveEvent['type']>({
    'message.stored': true,
    'message.changed': true,
    'conversation.changed': true,
    'message.erased': true,
    'presence.changed': true,
    'channel.changed': true,
    'decision.changed': true,
  }),
  message_direction: allOf<Message['direction']>({ inbound: true, outbound: true }),
  message_forwarded: allOf<Message['forwarded']>({ no: true, once: true, many: true }),
  message_kind: allOf<Message['kind']>({
    text: true,
    image: true,
    video: true,
    audio: true,
    voice: true,
    document: true,
    sticker: true,
    location: true,
    contacts: true,
    choice: true,
    form: true,
    order: true,
    template: true,
    system: true,
    unsupported: true,
    elsewhere: true,
  }),
  message_send_state: ['accepted', 'failed', 'queued', 'sending', 'unknown'],
  privacy_notice_evidence_variant: allOf<NoticeGiven['variant']>({ plain: true, easy: true }),
  privacy_notice_evidence_waits_for: starts,
  processor_task_kind: allOf<ProcessorTask['kind']>({ media: true, messages: true, 'contact-entry': true }),
  processor_task_processor: allOf<ProcessorTask['processor']>({ BSP: true, META_CONTACT_BOOK: true }),
  processor_task_state: allOf<ProcessorTask['state']>({
    open: true,
    refused: true,
    done: true,
    lapsed: true,
    'not-possible': true,
    unnameable: true,
  }),
  proposal_state: allOf<ProposalState>({
    open: true,
    approved: true,
    refused: true,
    withdrawn: true,
    expired: true,
  }),
  reaction_send_state: ['accepted', 'failed', 'queued', 'sending'],
  reaction_sender: allOf<Message['reactions'][number]['from']>({ citizen: true, office: true }),
  witness_conflict_kind: allOf<WitnessConflict['kind']>({ forked: true, 'not-consistent': true }),
  workbench_decision_recheck: ['agreed', 'differed', 'due'],
  workbench_decision_decision: allOf<WorkbenchDecision['decision']>({
    delete: true,
    'to-file': true,
    keep: true,
  }),
}

test('a column takes the words that the code writes, and no others', async () => {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  const { rows } = await database.pool.query<{ name: string; says: string }>(
    `select conname as name, pg_get_constraintdef(oid) as says from pg_constraint
     where contype = 'c' and connamespace = 'public'::regnamespace and pg_get_constraintdef(oid) ~ 'ANY \\(+ARRAY\\[[^]]*'''`,
  )
  await database.close()
  await made.drop()
  const taken = rows.map(({ name, says }) => {
    const list = /ANY \(+ARRAY\[(.*?)\]/.exec(says)?.[1] ?? ''
    return [name, [...list.matchAll(/'([^']*)'/g)].map(([, word = '']) => word).sort()]
  })
  expect(Object.fromEntries(taken)).toEqual(written)
})
