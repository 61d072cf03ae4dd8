import type { listConversations as endpoint } from '@buergerdraht/contract'
import type { Viewer } from '@buergerdraht/office'
import type { z } from 'zod'

export type ListQuery = z.output<(typeof endpoint)['query']>
/** What a list or a search is narrowed to, besides teams. */
export type Narrowing = Pick<ListQuery, 'status' | 'assignee' | 'unread'>

/** Numbers the values of a statement as they are used in it. */
export class Values {
  readonly all: unknown[] = []
  put(value: unknown): string {
    return `$${this.all.push(value)}`
  }
}

export function statesOf(status: ListQuery['status']): ('open' | 'closed')[] {
  return status === 'all' ? ['open', 'closed'] : [status]
}

/** What a list is narrowed to besides team and state, as conditions on `c`. */
export function conditionsOf(viewer: Viewer, { assignee, unread }: Narrowing, values: Values): string[] {
  const conditions: string[] = []
  if (assignee === 'none') conditions.push('c.assignee_id is null')
  else if (assignee !== undefined) {
    conditions.push(`c.assignee_id = ${values.put(assignee === 'me' ? viewer.accountId : assignee)}::uuid`)
  }
  if (unread !== undefined) conditions.push(unread ? 'c.unread_count > 0' : 'c.unread_count = 0')
  return conditions
}
