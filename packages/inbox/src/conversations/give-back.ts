import { rolesFor } from '@buergerdraht/contract'
import { change, recordAct } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { addSystemLine } from './system-line.ts'

const batchSize = 100

type Held = {
  readonly id: string
  readonly holder: string
}

/**
 * Gives back to its team what is held by somebody who cannot answer there any more: gone, in another role, or not of the team. Whoever took
 * that away, the page, the provider or the command line, need not know of it. Returns how many.
 */
export async function giveBackAbandoned(inbox: Inbox): Promise<number> {
  return change(inbox, async (changing) => {
    const { tx, publish } = changing
    const held = await tx.$queryRaw<Held[]>`select c.id, coalesce(a.display_name, '') as holder
      from conversation c left join account a on a.id = c.assignee_id
      where c.assignee_id is not null and c.state = 'open'
        and (a.id is null or a.disabled_at is not null or (
          (a.role::text <> all(${[...rolesFor('answer-citizens')]})
            or not exists (select 1 from team_member m where m.account_id = a.id and m.team_id = c.team_id))
          and not exists (select 1 from emergency_access e where e.account_id = a.id and e.team_id = c.team_id
            and e.ended_at is null and e.until > ${inbox.now()})))
      limit ${batchSize} for no key update of c skip locked`
    for (const { id, holder } of held) {
      const conversation = await tx.conversation.update({ where: { id }, data: { assigneeId: null } })
      await recordAct(tx, inbox.now(), null, {
        act: 'conversation-given-back',
        object: { kind: 'conversation', id },
      })
      const key = await inbox.keys.get(conversation.keyId)
      await addSystemLine(changing, conversation, key, { event: 'released', by: holder, at: inbox.now() })
      publish({
        type: 'conversation.changed',
        teamId: conversation.teamId,
        conversationId: id,
        messageId: null,
      })
    }
    return held.length
  })
}
