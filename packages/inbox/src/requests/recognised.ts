import { asInstant, newId, prepared, recordActOn } from '@buergerdraht/office'
import { type AskedRight, answerDue } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Message } from '../ingest/messages.ts'

/** A message in which the program has recognised a request of the person who wrote it. */
export type Recognised = { readonly kind: AskedRight; readonly message: Message; readonly receivedAt: Date }

/**
 * Writes down what was recognised, with its period, in the transaction that stores the message: a request is neither lost nor made twice. Where one
 * of its kind is open for this person already, nothing is added. It waits for a clerk; nothing else follows from it.
 */
export async function writeRecognised(
  client: PoolClient,
  recognised: readonly Recognised[],
  at: Date,
): Promise<void> {
  for (const { kind, message, receivedAt } of recognised) {
    const { id: conversationId, contactId } = message.conversation
    const id = newId(receivedAt)
    const { rowCount } = await client.query(
      prepared(
        `insert into data_subject_request (id, kind, contact_id, conversation_id, message_id, received_at, due_at)
         select $1::uuid, $2::text, $3::uuid, $4::uuid, $5::uuid, $6::timestamptz, $7::timestamptz
         where not exists (select from data_subject_request r where r.contact_id = $3::uuid and r.kind = $2::text and r.closed_at is null)`,
        [
          id,
          kind,
          contactId,
          conversationId,
          message.id,
          receivedAt,
          answerDue(asInstant(receivedAt), 'plain'),
        ],
      ),
    )
    if (rowCount === 0) continue
    await recordActOn(client, at, null, {
      act: 'request-opened',
      object: { kind: 'data-subject-request', id },
      facts: { kind: kind.toLowerCase(), recognised: true },
    })
  }
}
