import type { OfficeNoticeCode, readIntake } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'

/** Tells the administrators how often or how many; 0 ends the notice. */
export async function noteOffice(
  inbox: Pick<Inbox, 'pool' | 'now'>,
  code: OfficeNoticeCode,
  count: number,
): Promise<void> {
  if (count === 0) await inbox.pool.query('delete from office_notice where code = $1', [code])
  else
    await inbox.pool.query(
      `insert into office_notice (code, count, first_at, last_at) values ($1, $2, $3, $3)
       on conflict (code) do update set count = excluded.count, last_at = excluded.last_at`,
      [code, count, inbox.now()],
    )
}

/** What the administrators are told of the office as a whole. */
export async function officeNotices(
  tx: Prisma.TransactionClient,
): Promise<z.input<(typeof readIntake)['reply']>['notices']> {
  const notices = await tx.officeNotice.findMany({ orderBy: { firstAt: 'asc' } })
  return notices.map(({ code, count, firstAt, lastAt }) => ({
    code: code as OfficeNoticeCode,
    count,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }))
}
