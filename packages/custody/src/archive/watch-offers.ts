import { type OfficeContext, tellDpo, transaction } from '@buergerdraht/office'
import { readAgreement } from '../rules/agree-with-archive.ts'
import { answerLateAt } from './read-offers.ts'

/** Long enough before its end to ask the archive. */
const noticeMs = 30 * 24 * 60 * 60 * 1000

type Row = {
  readonly id: string
  readonly offered_at: Date
  readonly reminded_of: 'ends-soon' | 'ended' | null
}

/**
 * Tells the data-protection officer, once each, that the archive's time for an answer ends within thirty days, and that it has ended with something
 * undecided. What silence means the law says, whether anybody was told or not. @returns how many
 */
export async function watchOffers({ pool, now }: OfficeContext): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const at = now()
    const agreement = await readAgreement(client)
    const { rows } = await client.query<Row>(
      `select o.id, o.offered_at, o.reminded_of from archive_offer o where o.reminded_of is distinct from 'ended'
         and exists (select from archive_offer_item i where i.offer_id = o.id and i.valuation is null) for update skip locked`,
    )
    let told = 0
    for (const { id, offered_at, reminded_of } of rows) {
      const lateAt = answerLateAt(offered_at, agreement)
      if (agreement === null || lateAt === null || lateAt.getTime() - at.getTime() > noticeMs) continue
      const due = lateAt <= at ? 'ended' : 'ends-soon'
      if (due === reminded_of) continue
      await client.query('update archive_offer set reminded_of = $2 where id = $1', [id, due])
      await tellDpo(client, {
        kind: 'archive-offer',
        objectId: id,
        facts: { answer: due === 'ended' && agreement.silence === 'RELEASES' ? 'released' : due },
        proposedBy: null,
        decidedBy: null,
        at,
      })
      told += 1
    }
    return told
  })
}
