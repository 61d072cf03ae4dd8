/**
 * How what refers to a conversation goes when the conversation goes:
 * `with-parent` a foreign key takes it along · `by-run` whoever deletes the conversation deletes it too ·
 * `expires` it goes by a short period of its own · `outlives` it says what was asked for and decided, without content, and goes by a
 * cluster of its own.
 */
export type TraceEnd = 'with-parent' | 'by-run' | 'expires' | 'outlives'

/**
 * Every column that names a conversation, a message, an attachment or a contact: all that a conversation leaves in the database. The
 * deletion run relies on this list; a test compares it with the schema, so that a new table cannot be forgotten.
 *
 * Raw events and dead letters hold what belongs to conversations too, but name none: they go by their own short class.
 */
export const conversationTraces: Readonly<Record<string, TraceEnd>> = {
  'archive_offer_item.conversation_id': 'with-parent',
  'archive_package.conversation_id': 'outlives',
  'archive_task.conversation_id': 'with-parent',
  'attachment.conversation_id': 'by-run',
  'attachment.message_id': 'with-parent',
  'contact_identity.contact_id': 'with-parent',
  'conversation_signal.conversation_id': 'with-parent',
  'conversation_signal.last_message_id': 'by-run',
  'workbench_decision.conversation_id': 'with-parent',
  'conversation.contact_id': 'by-run',
  'conversation.last_message_id': 'by-run',
  'data_subject_request.contact_id': 'outlives',
  'data_subject_request.conversation_id': 'outlives',
  'data_subject_request.message_id': 'outlives',
  'correction.conversation_id': 'with-parent',
  'correction.message_id': 'with-parent',
  'draft.conversation_id': 'with-parent',
  'live_event.conversation_id': 'expires',
  'live_event.message_id': 'expires',
  'media_removal.attachment_id': 'expires',
  'message.conversation_id': 'with-parent',
  'message.reply_to_id': 'by-run',
  'erased_file.message_id': 'with-parent',
  'message_version.message_id': 'with-parent',
  'presence.conversation_id': 'with-parent',
  'privacy_notice_evidence.contact_id': 'outlives',
  'privacy_notice_evidence.message_id': 'outlives',
  'reaction.message_id': 'with-parent',
  'redaction.conversation_id': 'with-parent',
  'search_entry.conversation_id': 'by-run',
}
