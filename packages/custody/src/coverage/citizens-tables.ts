import { goesWith, type Mark, own, since } from './fate.ts'

/** What citizens write and who they are. */
export const citizensTables = {
  contact: {
    fates: [own],
    personal: 'id profile_sealed identity_notice',
    other:
      'channel_id key_id shape created_at relation_ended_at cluster rule_version due_at waits_for condemned_by',
  },
  contact_identity: {
    fates: [goesWith('DA06', 'contact')],
    personal: 'id contact_id value_mac value_sealed',
    other: 'channel_id kind since_at ended_at replaced_at',
  },
  conversation: {
    fates: [own],
    personal: 'id contact_id assignee_id file_reference_sealed last_message_id read_up_to',
    other: `channel_id team_id key_id state opened_at closed_at last_inbound_at window_shut_at waiting_since unread_count last_message_at
      cluster rule_version due_at waits_for filing variant condemned_by restricted_at restricted_waiting_since
      handed_over_at`,
  },
  // What became of a message on its way (when it was delivered and read, the provider's id) is shown with it and goes with it.
  message: {
    fates: [goesWith('DA01', 'conversation')],
    personal: `id conversation_id provider_id_mac provider_id_sealed content_sealed reply_to_id reply_to_mac statement_id client_id author_id
      answers_up_to delivered_at read_at played_at`,
    other: `channel_id direction kind sent_at received_at forwarded from_app stated_at edited_at revoked_at send_state attempts not_before_at
      leased_at accepted_at status_sent_at failed_at error_code price_category settled_at notice_version`,
  },
  message_version: {
    fates: [goesWith('DA01', 'message')],
    personal: 'message_id content_sealed',
    other: 'version said_at',
  },
  erased_file: {
    fates: [goesWith('DA01', 'message')],
    personal: 'message_id',
    other: 'ledger_entry files rule ground erased_at',
  },
  reaction: {
    fates: [goesWith('DA01', 'message')],
    personal: 'id message_id emoji_sealed provider_id_mac author_id',
    other: 'sender at replaced_at send_state attempts not_before_at leased_at',
  },
  attachment: {
    fates: [own],
    personal:
      'id conversation_id message_id file_name_sealed source_sealed waveform waveform_sealed uploaded_by',
    other: `kind state quarantine media_type size_bytes width height pages duration_ms sealed_with preview_width preview_height attempts
      next_try_at deadline_at created_at cluster rule_version due_at waits_for`,
  },
  // What the finder says of a matter (codes and weights), and what was decided about it.
  conversation_signal: {
    fates: [goesWith('DA01', 'conversation')],
    personal: 'conversation_id open_detail signals weight',
    other: 'finder_version last_message_id state filing computed_at',
  },
  workbench_decision: {
    fates: [goesWith('DA01', 'conversation')],
    personal: 'conversation_id decided_by',
    other: 'decision reason keep_until decided_at run_id sampled refusal recheck',
  },
  // What the archive has said of it.
  archive_offer_item: {
    fates: [goesWith('DA01', 'conversation')],
    personal: 'conversation_id decided_by',
    other: 'offer_id number proposal valuation basis decided_at transfer',
  },
  // What waits to be sealed; and what is sealed, under keys of its items, which go with what they are of.
  archive_task: {
    fates: [goesWith('DA01', 'conversation')],
    personal: 'conversation_id label_sealed items',
    other: 'package_id wanted_at state attempts failure next_try_at gathers_until manifest facts',
  },
  archive_package: {
    fates: [{ kind: 'WITH', cluster: 'DA03', of: 'conversation', by: 'conversation_id', keptBy: 'SWEPT' }],
    personal: 'conversation_id label_sealed',
    other: `id team_id number cluster manifest leaf_index sealed_at opened_at closed_at messages system_lines files metadata_item`,
  },
  archive_item: {
    fates: [{ kind: 'WITH', cluster: 'DA03', of: 'archive_package', by: 'package_id', keptBy: 'SWEPT' }],
    personal: 'object_id state_mac',
    other: 'id package_id position kind',
  },
  archive_reference: {
    fates: [{ kind: 'WITH', cluster: 'DA03', of: 'archive_package', by: 'package_id', keptBy: 'SWEPT' }],
    personal: 'mac',
    other: 'package_id',
  },
  // What was said when it was handed over, under the key of one of its items.
  hand_over: {
    fates: [{ kind: 'WITH', cluster: 'DA03', of: 'archive_package', by: 'package_id', keptBy: 'SWEPT' }],
    personal: 'words_sealed',
    other: `id package_id message version way state prepared_at prepared_by prepared_role sent_at received_at ended_at ended_by attempts failure
      next_try_at ledger_entry`,
  },
  draft: {
    fates: [goesWith('DA07', 'conversation')],
    personal: 'conversation_id account_id content_sealed attachment_ids',
    other: 'saved_at',
  },
  search_entry: {
    fates: [{ kind: 'WITH', cluster: 'DA11', of: 'conversation', by: 'conversation_id', keptBy: 'COUNTED' }],
    personal: 'id conversation_id tokens',
    other: 'team_id at',
  },
  // Belongs to whatever has the token; what no entry uses any more goes when entries are deleted.
  search_prefix: {
    fates: [{ kind: 'WITH', cluster: 'DA11', of: 'search_entry', by: 'token', keptBy: 'SWEPT' }],
    personal: 'prefix token',
    other: '',
  },
  search_leftover: {
    fates: [{ kind: 'WITH', cluster: 'DA11', of: 'search_entry', by: 'token', keptBy: 'SWEPT' }],
    personal: 'token',
    other: '',
  },
  early_arrival: {
    fates: [since('arrived_at', 'DA08')],
    personal: 'id target_mac event_sealed',
    other: 'channel_id kind key_id arrived_at',
  },
  webhook_event: {
    fates: [since('ingested_at', 'DA09', { variant: 'RAW_EVENT' })],
    personal: 'id content_mac body_sealed',
    other: 'channel_id key_id received_at held ingested_at proof_mac attempts',
  },
  dead_letter: {
    fates: [since('received_at', 'DA09', { variant: 'DEAD_LETTER' })],
    personal: 'id event_id body_sealed',
    other: 'channel_id code path key_id proof_mac size_bytes received_at expires_at replayed_at',
  },
  // What a provider may repeat although it has been erased; recognised, never read.
  erased_message: {
    fates: [since('erased_at', 'DA08')],
    personal: 'provider_id_mac',
    other: 'erased_at expires_at',
  },
  // The provider's id while there is something to ask for; counts and dates afterwards, until nothing rests there any more.
  processor_task: {
    fates: [since('residue_until', 'DA08')],
    personal: 'target_sealed',
    other: `id ledger_entry channel_id processor kind objects state key_id created_at residue_until attempts next_try_at failed_at code reported_in`,
  },
  // What was asked for, and what became of it: for as long as it may be disputed.
  data_subject_request: {
    fates: [since('closed_at', 'DA18', { event: 'CASE_CLOSED' })],
    personal:
      'id contact_id conversation_id message_id opened_by extended_by identified_by decided_by closed_by chosen_messages chosen_files',
    other: `kind opened_role received_at due_at extended_at extension_reason acknowledged_at identity identified_at outcome decided_at ground exception
      closed_at reminded_of restriction_id run_ids ledger_entry chosen_at`,
  },
  // That somebody was told about their data: for a year longer than they are known, without anything of what they wrote.
  privacy_notice_evidence: {
    fates: [own],
    personal: 'id contact_id message_id delivered_at read_at',
    other: `version variant owed_at next_try_at stored_at send_state accepted_at failed_at relation_ended_at cluster rule_version due_at
      waits_for`,
  },
  redaction: {
    fates: [goesWith('DA18', 'data_subject_request', 'request_id')],
    personal: 'request_id conversation_id part begins ends decided_by',
    other: 'blacked decided_at',
  },
  request_part: {
    fates: [goesWith('DA18', 'data_subject_request', 'request_id')],
    personal: 'request_id made_by',
    other: 'team_id made_at',
  },
  // What the person contests, in the words of whoever marked it.
  correction: {
    fates: [goesWith('DA01', 'conversation')],
    personal:
      'id conversation_id message_id content_sealed request_id marked_by withdrawn_by withdrawal_sealed',
    other: 'marked_at withdrawn_at',
  },
  // Goes when its object goes, or with the run.
  deletion_run_item: {
    fates: [{ kind: 'WITH', cluster: 'DA01', of: 'conversation', by: 'object_id', keptBy: 'SWEPT' }],
    personal: 'object_id facts',
    other: 'run_id kind state reason',
  },
  // Taken out when it stands in the ledger, within seconds.
  ledger_act: {
    fates: [since('placed_at', 'DA08')],
    personal: 'object_ids',
    other: 'id type fields placed_at',
  },
  // Ids that lead to somebody, for as long as browsers may ask what they have missed.
  live_event: {
    fates: [since('at', 'DA08')],
    personal: 'conversation_id message_id',
    other: 'id type team_id inbound at',
  },
} as const satisfies Readonly<Record<string, Mark>>
