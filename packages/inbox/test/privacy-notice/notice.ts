import { randomUUID } from 'node:crypto'
import type { Inbox } from '../../src/index.ts'

/** Puts a version of the privacy notice in force, as two persons have. @returns its number */
export async function approveNotice(
  { pool, now }: Pick<Inbox, 'pool' | 'now'>,
  of: { readonly text?: string; readonly easyText?: string | null } = {},
): Promise<number> {
  const { rows } = await pool.query<{ version: number }>(
    `insert into privacy_notice (version, draft, text, easy_text, proposed_by, proposed_at, approved_by, approved_at)
     select coalesce(max(version), 0) + 1, '{}', $1, $2, $3, $4, $5, $4 from privacy_notice returning version`,
    [of.text ?? 'Zum Datenschutz: …', of.easyText ?? null, randomUUID(), now(), randomUUID()],
  )
  return rows[0]?.version ?? 0
}
