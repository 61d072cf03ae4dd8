import type { PoolClient } from 'pg'

/** What a batch destroys: whole matters and people, and of matters that stay single messages and single files. */
export type Objects = {
  readonly conversations: readonly string[]
  readonly contacts: readonly string[]
  readonly messages: readonly string[]
  readonly attachments: readonly string[]
  /** Requests of data subjects; they outlive their matters and go by themselves. */
  readonly requests: readonly string[]
  /** Evidence that somebody was told about their data; it outlives them by a year. */
  readonly notices: readonly string[]
}

export type ObjectKind = 'conversation' | 'contact' | 'message' | 'attachment' | 'request' | 'notice'

export function objectsOf(items: readonly { readonly kind: ObjectKind; readonly id: string }[]): Objects {
  function idsOf(kind: ObjectKind): string[] {
    return items.filter((one) => one.kind === kind).map(({ id }) => id)
  }
  return {
    conversations: idsOf('conversation'),
    contacts: idsOf('contact'),
    messages: idsOf('message'),
    attachments: idsOf('attachment'),
    requests: idsOf('request'),
    notices: idsOf('notice'),
  }
}

/** With the files of its single messages, which go with them. */
export async function withFiles(client: Pick<PoolClient, 'query'>, objects: Objects): Promise<Objects> {
  if (objects.messages.length === 0) return objects
  const { rows } = await client.query<{ id: string }>(
    'select id from attachment where message_id = any($1::uuid[])',
    [objects.messages],
  )
  return { ...objects, attachments: [...new Set([...objects.attachments, ...rows.map(({ id }) => id)])] }
}
