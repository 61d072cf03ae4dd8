import { type CopyPart, maxPartsShown, Refusal } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  recordActOn,
  recordOftenOn,
  requireMay,
  type Viewer,
} from '@buergerdraht/office'
import type { RequestRow } from '../requests/read-requests.ts'
import { type Part, partsOf } from './copy-parts.ts'
import { copyRequest } from './copy-request.ts'
import { ownNumbers } from './read-identity.ts'
import { type PersonRead, readPerson } from './read-person.ts'
import { Redactions } from './redactions.ts'

/** What a copy for this request holds: of portability, what the person has provided. */
export function partsFor({ kind }: RequestRow, { matters }: PersonRead, own: readonly string[]): Part[] {
  const all = matters.flatMap((matter) => partsOf(matter, own))
  if (kind === 'ACCESS') return all
  return all.filter(({ from, of }) => from === 'person' && of !== 'correction')
}

async function readParts(inbox: Inbox, changing: Change, viewer: Viewer, id: string) {
  const request = await copyRequest(changing, id)
  const person = await readPerson(inbox, changing, viewer, request, null)
  const parts = partsFor(request, person, await ownNumbers(inbox, changing, request.contact_id))
  return { request, person, parts }
}

export type PartsAsked = { readonly only: 'open' | 'all'; readonly from: number }

/**
 * A page of what a copy would hold, with what may be another person's, and what is decided. That it was read is recorded of each matter on it.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `identity-unconfirmed`, `copy-too-large`
 */
export async function listCopyParts(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { only, from }: PartsAsked,
): Promise<{
  readonly items: CopyPart[]
  readonly total: number
  readonly open: number
  readonly elsewhere: { team: string; matters: number }[]
}> {
  requireMay(viewer, 'decide-redactions')
  return asViewer(inbox, viewer, async (changing) => {
    const { person, parts } = await readParts(inbox, changing, viewer, id)
    const redactions = await Redactions.read(changing, id)
    const open = parts.filter((part) => redactions.isOpen(part))
    const chosen = only === 'open' ? open : parts
    const page = chosen.slice(from, from + maxPartsShown)
    for (const conversationId of new Set(page.map((part) => part.conversationId)))
      await recordOftenOn(changing.client, inbox.now(), viewer, {
        act: 'conversation-read',
        object: { kind: 'conversation', id: conversationId },
      })
    return {
      items: page.map((part) => ({
        ...part,
        decided: redactions.of(part).map(({ begins, ends, blacked }) => ({ begins, ends, blacked })),
        open: redactions.isOpen(part),
      })),
      total: chosen.length,
      open: open.length,
      elsewhere: person.elsewhere.map((one) => ({ ...one })),
    }
  })
}

export type NewRedaction = {
  readonly part: string
  readonly begins: number
  readonly ends: number
  readonly blacked: boolean
  /** What was decided of this passage when it was looked at. */
  readonly seen: boolean | null
}

function requireInside(parts: ReadonlyMap<string, Part>, { part, begins, ends }: NewRedaction): Part {
  const found = parts.get(part)
  // Another team's, or edited since it was looked at.
  if (found === undefined) throw new Refusal('changed-meanwhile')
  const fits = found.of === 'file' ? begins === 0 && ends === 0 : begins < ends && ends <= found.text.length
  if (!fits) throw new Refusal('invalid-input', [{ path: 'items', fault: 'not-possible' }])
  return found
}

/**
 * Decides of passages and files, all of them or none. What somebody else has decided otherwise since it was looked at stays as they decided.
 * @throws Refusal `not-allowed`, `not-found`, `request-closed`, `identity-unconfirmed`, `changed-meanwhile`, `invalid-input`, `copy-too-large`
 */
export async function decideRedactions(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  items: readonly NewRedaction[],
): Promise<void> {
  requireMay(viewer, 'decide-redactions')
  const now = inbox.now()
  await asViewer(inbox, viewer, async (changing) => {
    const { client } = changing
    const { parts } = await readParts(inbox, changing, viewer, id)
    const known = new Map(parts.map((part) => [part.part, part]))
    for (const item of items) {
      const { conversationId } = requireInside(known, item)
      const { part, begins, ends, blacked, seen } = item
      const { rowCount } = await client.query(
        `insert into redaction as r (request_id, conversation_id, part, begins, ends, blacked, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (request_id, part, begins, ends) do update set blacked = excluded.blacked, decided_by = excluded.decided_by, decided_at = excluded.decided_at
         where r.blacked is not distinct from $9 or r.blacked = excluded.blacked`,
        [id, conversationId, Buffer.from(part, 'hex'), begins, ends, blacked, viewer.accountId, now, seen],
      )
      if (rowCount === 0) throw new Refusal('changed-meanwhile')
    }
    await recordActOn(client, now, viewer, {
      act: 'redactions-decided',
      object: { kind: 'data-subject-request', id },
      facts: {
        blacked: items.filter((one) => one.blacked).length,
        left: items.filter((one) => !one.blacked).length,
      },
    })
  })
}
