import { Refusal } from '@buergerdraht/contract'
import { type OfficeContext, recordActOn, requireMay, type Viewer } from '@buergerdraht/office'
import { type Outgoing, outgoing } from './hand-over-message.ts'
import type { HandOverPlace } from './place.ts'
import { asRecords } from './prepare-hand-over.ts'
import { lockHandOver, sealedWords } from './rows.ts'

/**
 * The message of a hand-over that is carried by hand. From the commit on it counts as sent, and the act is recorded; it may be downloaded again until it
 * has ended.
 * @throws Refusal `not-allowed`, `not-found`, `way-not-set-up` where it goes another way, `hand-over-ended`, `hand-over-not-possible`
 */
export async function downloadHandOver(
  office: OfficeContext,
  viewer: Viewer,
  place: HandOverPlace,
  id: string,
  reason: string,
): Promise<Outgoing> {
  requireMay(viewer, 'hand-over')
  const now = office.now()
  return asRecords(office, viewer, async ({ client }) => {
    const row = await lockHandOver(client, id)
    if (row.ended_at !== null) throw new Refusal('hand-over-ended')
    if (row.way !== 'download') throw new Refusal('way-not-set-up')
    const zip = await outgoing({ keys: office.keys, client }, place, row)
    if (typeof zip === 'string') throw new Refusal('hand-over-not-possible')
    try {
      await client.query(
        `update hand_over set state = case when state = 'prepared' then 'sent' else state end, sent_at = coalesce(sent_at, $2), words_sealed = $3
         where id = $1`,
        [id, now, await sealedWords(office, row, { downloadReason: reason })],
      )
      await recordActOn(client, now, viewer, {
        act: 'hand-over-downloaded',
        object: { kind: 'hand-over', id },
        facts: {},
      })
      return zip
    } catch (error) {
      zip.content.destroy()
      throw error
    }
  })
}
