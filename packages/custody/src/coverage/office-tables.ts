import { nobody } from './fate.ts'

/** What the office is and how it runs: nothing about a person. */
export const officeTables = {
  team: nobody('id name'),
  admin_invitation: nobody('token_hash expires_at'),
  // A key says nothing; what it opens is in the tables of whom it opens.
  data_key: nobody('id purpose wrapped kek_id created_at'),
  channel:
    nobody(`id vendor name team_id phone_number_id waba_id display_phone_number base_url state read_receipts key_id credentials_sealed
    revision account_proven_at verified_at last_test_at last_webhook_at templates_due_at templates_read_at media_rests_until created_at`),
  channel_notice: nobody('id channel_id code detail count first_at last_at dismissed_at'),
  office_notice: nobody('code count first_at last_at'),
  message_template: nobody('channel_id name language category state reason words changed_at'),
  media_fault: nobody('id channel_id at'),
  media_removal: nobody('attachment_id due_at'),
  office_setting: nobody('one answering_takes download_roles request_acknowledgement receives_only'),
  sign_in_setting: nobody(
    'one second_factor_roles provider_claim provider_rules network_rules certificate_roles',
  ),
  search_generation: nobody('key_id wrapped kek_id begun_at reached_id reached_at completed_at'),
  intake_count: nobody('channel_id reason on_date count'),
  // Commitments under a salt that goes with the entry.
  audit_waiting: nobody('entry_id'),
  audit_leaf: nobody('index entry_id leaf'),
  audit_checkpoint: nobody('size note at'),
  audit_shipment: nobody('target in_use next_index sending_until shipped_at failing_since'),
  algorithm_calendar: nobody('decided_at calendar proposed_by approved_by'),
  // Of other offices' logs, which hold nothing but salted hashes.
  witnessed_log: nobody('origin size root text at'),
  witness_conflict: nobody('id origin at kind cosigned submitted resolved_at'),
  checkpoint_proof: nobody('log kind prover size proven_at failing_since fault'),
  ledger_state: nobody('one applied_size applied_root'),
  broken_ledger: nobody(
    `number id origin verifier_key size root proven_size proven_at fault findings reason folder found_at proposed_by proposed_role approved_by approved_role
    decided_at key_id followed_at`,
  ),
  destroyed_key: nobody('id at'),
  // Salted commitments and signatures over them; what was erased by numbers that lead nowhere any more.
  archive_leaf: nobody('index leaf package_id erasure'),
  archive_checkpoint: nobody('size note at'),
  archive_erasure: nobody('package_id number items rule on_date ledger_entry'),
  archive_file: nobody(
    'package_id size_bytes proof_size stamped erasures erasures_proven written_at evidence_made_at evidence_ends_at',
  ),
  archive_check: nobody('id at leaves packages contents findings'),
  // Which message said what of which hand-over, as codes and hashes.
  hand_over_answer: nobody(
    'id hand_over_id catalogue_request_id at brought_by message fingerprint verdict accepted place',
  ),
  // Kinds of data, and how the archive values them.
  catalogue_request: nobody(
    'id asked_at asked_by asked_role version way units sent_at attempts failure next_try_at answered_at answer',
  ),
  answer_look: nobody('way looked_at failing_since fault'),
  archive_agreement: nobody('agreed_at agreement proposed_by approved_by'),
  archive_offer: nobody(
    'id offered_at offered_by offered_role offered reminded_of ledger_entry withdrawn_at withdrawal_reason withdrawn_numbers',
  ),
  // Who has planned and approved it stands with the ledger's entries (Art. 5(2) GDPR); of whom it was deleted nothing.
  deletion_run:
    nobody(`id kind state paused planned_by planned_role planned_at approved_by approved_role approved_at begun_at ended_at failure
    destroyed ledger_entries standing_approval_id`),
  standing_approval:
    nobody(`id cluster rule proposed_by proposed_role approved_by approved_role approved_at ends_at
    revoked_at revoked_by`),
  restore:
    nobody(`id from_seq to_seq backup_on begun_at replayed_at holds restrictions anew proposed_role approved_role released_at
    entered_in decisions ledger`),
  restore_task: nobody(
    'restore_id ledger_entry entry roles taken_by taken_role taken_at done_by done_role done_at',
  ),
  planned_week: nobody('monday planned_at'),
  // What was held, why and for how long stands for as long as it may be asked (Art. 5(2) GDPR). Objects by ids that lead nowhere when they are gone.
  legal_hold:
    nobody(`id kind scope object_id cluster reason basis reference set_by set_role set_at review_at reviewed_at reviewed_by expires_at
    informed_at ended_at release_proposed_by released_by reminded_at reminded_of`),
  // Who has signed a rule stands as long as the rule does (Art. 5(2) GDPR); by the person's number, without a name.
  deletion_rule: nobody(
    'cluster version retention valid_from proposed_by approved_by approved_at ledger_entry',
  ),
  // The same of a filing plan; its titles are the municipality's.
  filing_plan: nobody('version proposed_by proposed_at approved_by approved_at applied_at'),
  filing_plan_entry: nobody('version reference title years'),
  privacy_notice: nobody('version draft text easy_text proposed_by proposed_at approved_by approved_at'),
  // Rules, settings and names of teams and channels; issued by a role.
  document_issue: nobody('kind number issued_at issued_role content'),
  tidying_day: nobody('team_id month opened_at done_at lead_told_at dpo_told_at'),
  coverage: nobody('id asked_at computed_at figures'),
} as const
