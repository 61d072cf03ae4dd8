import { type DeadLetter, Refusal } from '@buergerdraht/contract'
import { asViewer, cursorOf, positionOf, requireMay, type Viewer } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'

type Shown = z.output<typeof DeadLetter>
/** No more than an administrator's role may read: not the content. */
const select = {
  id: true,
  channelId: true,
  code: true,
  path: true,
  sizeBytes: true,
  receivedAt: true,
  expiresAt: true,
  replayedAt: true,
} as const satisfies Prisma.DeadLetterSelect

type Row = Prisma.DeadLetterGetPayload<{ select: typeof select }>

function presentDeadLetter(row: Row): Shown {
  return {
    id: row.id,
    channelId: row.channelId,
    code: row.code,
    path: row.path,
    sizeBytes: row.sizeBytes,
    receivedAt: row.receivedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    replayedAt: row.replayedAt?.toISOString() ?? null,
  }
}

/** What was authentic but not readable, newest first; without content. @throws Refusal `not-allowed`, `invalid-input` (cursor) */
export async function listDeadLetters(
  inbox: Inbox,
  viewer: Viewer,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Shown[]; nextCursor: string | null }> {
  requireMay(viewer, 'watch-operation')
  const after = positionOf('cursor', query.cursor)
  const rows = await asViewer(inbox, viewer, ({ tx }) =>
    tx.deadLetter.findMany({
      select,
      where:
        after === null
          ? {}
          : {
              receivedAt: { lte: after.at },
              OR: [{ receivedAt: { lt: after.at } }, { receivedAt: after.at, id: { lt: after.id } }],
            },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentDeadLetter),
    nextCursor:
      rows.length > query.limit && last !== undefined
        ? cursorOf({ mark: 'd', at: last.receivedAt, id: last.id })
        : null,
  }
}

/** @throws Refusal `not-allowed`, `not-found` */
export async function readDeadLetter(inbox: Inbox, viewer: Viewer, id: string): Promise<Shown> {
  requireMay(viewer, 'watch-operation')
  const row = await asViewer(inbox, viewer, ({ tx }) => tx.deadLetter.findUnique({ where: { id }, select }))
  if (row === null) throw new Refusal('not-found')
  return presentDeadLetter(row)
}
