import { proposalKindNames, Refusal, secondsFor } from '@buergerdraht/contract'
import { approveProposal, newId, type Viewer } from '@buergerdraht/office'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

const alone = new Refusal('second-person-required')

/** Two accounts: of one person, or of two. */
async function accountsOf(persons: 'one' | 'two', role: Viewer['role']): Promise<[Viewer, Viewer]> {
  const [first, second] = [await town.desk.viewer('records', []), await town.desk.viewer(role, [])]
  if (persons === 'one')
    await town.inbox.pool.query(
      'update account set person_id = (select person_id from account where id = $1) where id = $2',
      [first.accountId, second.accountId],
    )
  return [first, second]
}
async function proposed(kind: string, by: Viewer): Promise<string> {
  const id = newId(noon)
  await town.inbox.pool.query(
    `insert into proposal (id, kind, object_id, payload, basis, state, proposed_by, proposed_at, expires_at)
     values ($1, $2, $1, '{}', '', 'open', $3, $4, $4::timestamptz + interval '7 days')`,
    [id, kind, by.accountId, noon],
  )
  return id
}

// Runs, rules, holds, offers, the release after a restore, and whatever else takes two.
describe.each(proposalKindNames)('the same person under two accounts (%s)', (kind) => {
  const [role = 'dpo'] = secondsFor(kind)

  test('decides nothing alone, whatever the program does', async () => {
    const { inbox } = town
    const [one, other] = await accountsOf('one', role)
    const id = await proposed(kind, one)
    await expect(approveProposal(inbox, {} as never, other, id)).rejects.toEqual(alone)
    const decided = `update proposal set state = 'approved', decided_by = $2, decided_at = $3 where id = $1`
    await expect(inbox.pool.query(decided, [id, other.accountId, noon])).rejects.toThrow('another person')
    // Two persons come as far as what is proposed, which here is nothing.
    const [, second] = await accountsOf('two', role)
    await expect(approveProposal(inbox, {} as never, second, id)).rejects.not.toEqual(alone)
    await inbox.pool.query(decided, [id, second.accountId, noon])
  })
})

test('whom it concerns decides nothing either, nor refuses it', async () => {
  const { inbox } = town
  const [one, other] = await accountsOf('one', 'dpo')
  const [by] = await accountsOf('two', 'dpo')
  const id = await proposed('grant-role', by)
  await inbox.pool.query('update proposal set concerns_id = $2 where id = $1', [id, one.accountId])
  await expect(approveProposal(inbox, {} as never, other, id)).rejects.toEqual(alone)
  await expect(
    inbox.pool.query(
      `update proposal set state = 'refused', decided_by = $2, decided_at = $3 where id = $1`,
      [id, other.accountId, noon],
    ),
  ).rejects.toThrow('another person')
})
