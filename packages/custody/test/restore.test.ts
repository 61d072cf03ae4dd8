import type { Protection } from '@buergerdraht/contract'
import { change, KeyDestroyed, logKeyOf, newId, type Viewer } from '@buergerdraht/office'
import { openLedgerFolder, parseNoteKey, verdictOf, verifyLedger } from '@buergerdraht/records'
import { beforeEach, describe, expect, test } from 'vitest'
import { noon } from '../../inbox/test/desk/desk.ts'
import { uploadedFile } from '../../inbox/test/desk/files.ts'
import {
  completeRestoreTask,
  type Deletion,
  judgeLedger,
  Ledger,
  LedgerUnusable,
  listRestoreTasks,
  mayLetIn,
  openRestore,
  readRestore,
  releaseByOperators,
  releasingOfRestores,
  restoreRelease,
  setHold,
  takeRestoreTask,
} from '../src/index.ts'
import type { Act } from '../src/ledger/ledger.ts'
import { readEntries } from '../src/ledger/read-entries.ts'
import { aDeletion } from './a-deletion.ts'
import { openTown, type Town } from './open-town.ts'

let town: Town
let records: Viewer
beforeEach(async () => {
  town = await openTown()
  records = await town.desk.viewer('records', [])
  return () => town.close()
})

const hold = { approvals: ['SCHRIFTGUT'], reason: 'LITIGATION', basis: 'ART17_3E', expiresOn: '2027-06-30' }
const lawsuit: Protection = {
  kind: 'hold',
  reason: 'LITIGATION',
  basis: 'ART17_3E',
  reference: '3 K 1234/26',
  reviewOn: '2027-01-04',
  expiresOn: '2027-06-30',
}

/** What another database, younger than this one, has entered: to this one it looks as if it had been restored from a backup. */
async function enteredSince(what: readonly (Deletion | Act)[]): Promise<void> {
  const { inbox, folder } = town
  const { rows } = await inbox.pool.query<{ ledger: number; size: number; root: Buffer }>(
    'select 0 as ledger, applied_size::int as size, applied_root as root from ledger_state',
  )
  const ledger = await Ledger.open(
    folder,
    await logKeyOf(inbox.keys, 'deletion-ledger'),
    rows[0] ?? expect.fail('no ledger'),
  )
  for (const one of what)
    await ('fields' in one ? ledger.appendActs([one], noon) : ledger.append([one], noon))
  await ledger.signCheckpoint()
  await ledger.close()
}
async function emptyRoot(): Promise<Buffer> {
  const { rows } = await town.inbox.pool.query<{ root: Buffer }>(
    'select applied_root as root from ledger_state',
  )
  return rows[0]?.root ?? expect.fail('no ledger')
}
function letsIn(as: 'api' | 'worker' = 'worker'): Promise<boolean> {
  return mayLetIn(town.inbox, { folder: town.folder }, as)
}
async function matter(from: string) {
  const id = await town.desk.citizenWrites({ from })
  const { rows } = await town.inbox.pool.query<{ contact: string; message: string; key: string }>(
    `select c.contact_id as contact, m.id as message, c.key_id as key from conversation c join message m on m.conversation_id = c.id where c.id = $1`,
    [id],
  )
  return { id, ...(rows[0] ?? expect.fail('no matter')) }
}
/** What is sealed of a matter, as far as a hand-over needs it. */
async function packageOf(matterId: string, id: string, leaf: number): Promise<void> {
  await town.inbox.pool.query(
    `insert into archive_package (id, conversation_id, team_id, number, cluster, manifest, leaf_index, sealed_at, opened_at, closed_at, messages, files,
       metadata_item, label_sealed)
     select $2, id, team_id, 1, 'DA03', 'm', $3, $4, $4, $4, 1, 0, gen_random_uuid(), 'l' from conversation where id = $1`,
    [matterId, id, leaf, noon],
  )
}
async function figures() {
  const { rows } = await town.inbox.pool.query(
    `select r.holds, r.restrictions, r.decisions, r.anew, d.destroyed from restore r join deletion_run d on d.id = r.id`,
  )
  return rows[0]
}
async function holds() {
  const { rows } = await town.inbox.pool.query<{ kind: string; scope: string; object_id: string | null }>(
    'select kind, scope, object_id from legal_hold where ended_at is null order by set_at, scope',
  )
  return rows
}

describe('a database that was restored from a backup', () => {
  test('destroys again what the ledger says is gone, held or not, and lets nobody in before two have released it', async () => {
    const { desk, inbox, folder } = town
    const [gone, kept] = [await matter('491713940011'), await matter('491713940012')]
    const file = await uploadedFile(desk, gone.id, 'image')
    const { rows: lone } = await inbox.pool.query<{ id: string }>(
      'select id from attachment where conversation_id = $1',
      [gone.id],
    )
    expect(lone.map(({ id }) => id)).toContain(file)
    // Of the backup: lifted since, or it would not have been deleted.
    await setHold(inbox, records, { kind: 'CONVERSATION', id: gone.id }, lawsuit)
    await inbox.pool.query('delete from ledger_act')
    const ids = [gone.id, gone.message, file, gone.contact]
    await enteredSince([
      { ...aDeletion, ids, objects: { conversations: 1, messages: 1, attachments: 1, contacts: 1 } },
      { fields: { type: 'HOLD_SET', ...hold, objects: { conversations: 1 } }, ids: [newId(noon)] },
    ])
    expect(await letsIn('api')).toBe(false)
    expect(await letsIn()).toBe(false)
    for (const table of ['conversation', 'contact', 'message', 'attachment'])
      expect(await town.count(`${table} where id = any($1::uuid[])`, [ids])).toBe(0)
    await expect(inbox.keys.get(gone.key)).rejects.toThrow(KeyDestroyed)
    expect(await town.count('conversation where id = $1', [kept.id])).toBe(1)
    expect(await town.count('session')).toBe(0)
    // Everything is carried out, and still nobody is let in, whoever asks and however often.
    expect(await judgeLedger(inbox, folder)).toEqual({ state: 'equal', size: 2 })
    for (const as of ['api', 'worker', 'worker'] as const) expect(await letsIn(as)).toBe(false)
    expect(await figures()).toEqual({ holds: 0, restrictions: 0, decisions: 0, anew: 0, destroyed: 2 })

    const kinds = { 'release-restore': releasingOfRestores() } as never
    await restoreRelease.propose(inbox, kinds, records)
    const restore = await openRestore(inbox.pool)
    await change(inbox, (changing) =>
      releasingOfRestores().apply(changing, {
        payload: { restoreId: restore?.id ?? '' },
        secret: null,
        at: noon,
        proposedBy: records.accountId,
        approvedBy: desk.brandt.accountId,
        approverRole: 'dpo',
      }),
    )
    expect(await letsIn('api')).toBe(false)
    expect(await letsIn()).toBe(true)
    expect(await letsIn('api')).toBe(true)
    const last = []
    for await (const { entry } of readEntries(folder, 2)) last.push(entry)
    expect(last).toMatchObject([
      {
        type: 'RESTORE_REPLAY',
        fromSeq: 0,
        toSeq: 1,
        replayed: { deletions: 2, keys: 0, holds: 0, restrictions: 0, rectifications: 0 },
        leftOver: 0,
        approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
      },
    ])
    const opened = await openLedgerFolder(folder)
    const { verifierKey } = await logKeyOf(inbox.keys, 'deletion-ledger')
    const { findings } = await verifyLedger(opened, { keys: [parseNoteKey(verifierKey)] })
    await opened.close()
    expect(verdictOf(findings)).toBe(0)
  })

  test('holds and restricts again what the ledger can tell of, and leaves what was lifted since, or ended, or is there', async () => {
    const { inbox } = town
    const [held, hidden, lifted] = [
      await matter('491713940021'),
      await matter('491713940022'),
      await matter('491713940023'),
    ]
    await setHold(inbox, records, { kind: 'CLUSTER', code: 'DA04' }, lawsuit)
    await inbox.pool.query('delete from ledger_act')
    const restriction = { approvals: ['TEAMLEITUNG'], ground: 'ART18_1A' }
    await enteredSince([
      { fields: { type: 'HOLD_SET', ...hold, objects: { conversations: 1 } }, ids: [held.id] },
      { fields: { type: 'HOLD_SET', ...hold, objects: { messages: 1 } }, ids: [held.message] },
      { fields: { type: 'HOLD_SET', ...hold, covers: 'DA04' }, ids: [] },
      { fields: { type: 'HOLD_SET', ...hold, covers: 'EVERYTHING' }, ids: [] },
      { fields: { type: 'HOLD_SET', ...hold, expiresOn: '2026-11-01', covers: 'DA06' }, ids: [] },
      {
        fields: { type: 'RESTRICT', ...restriction, objects: { contacts: 1 }, reviewOn: '2027-01-04' },
        ids: [hidden.contact],
      },
      {
        fields: { type: 'RESTRICT', ...restriction, objects: { conversations: 1 }, reviewOn: '2027-01-04' },
        ids: [lifted.id],
      },
      {
        fields: {
          type: 'UNRESTRICT',
          ...restriction,
          approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
          objects: { conversations: 1 },
        },
        ids: [lifted.id],
      },
      {
        fields: {
          type: 'HOLD_RELEASE',
          reason: 'LITIGATION',
          approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
          covers: 'EVERYTHING',
        },
        ids: [],
      },
    ])
    expect(await letsIn()).toBe(false)
    expect(await holds()).toEqual(
      expect.arrayContaining([
        { kind: 'hold', scope: 'CONVERSATION', object_id: held.id },
        { kind: 'hold', scope: 'OBJECT', object_id: held.message },
        { kind: 'hold', scope: 'CLUSTER', object_id: null },
        { kind: 'restriction', scope: 'CONTACT', object_id: hidden.contact },
      ]),
    )
    expect(await holds()).toHaveLength(4)
    expect(await town.count('conversation where restricted_at is not null')).toBe(1)
    expect(await figures()).toEqual({ holds: 3, restrictions: 1, decisions: 0, anew: 0, destroyed: 0 })
  })

  test('has again the rules that were signed and changed, and the lists that were offered, with their numbers and answers', async () => {
    const { inbox } = town
    const [later, one, two, filed] = [
      await matter('491713940054'),
      await matter('491713940051'),
      await matter('491713940052'),
      await matter('491713940053'),
    ]
    const { rows: unsigned } = await inbox.pool.query<{ rule: string }>(
      `select 'LR-' || cluster || '@' || version as rule from deletion_rule order by cluster`,
    )
    const both = ['SCHRIFTGUT', 'DATENSCHUTZ']
    const affected = { dueEarlier: 0, dueLater: 3, unchanged: 0 }
    const plan = ['1Y', '2Y', '5Y', '10Y', '30Y']
    const offer = { type: 'ARCHIVE_OFFER', land: 'HE', answerUntil: '2027-05-16' }
    const answer = { type: 'ARCHIVE_DECISION', objects: { conversations: 1 } }
    await enteredSince([
      { fields: { type: 'RULES_SIGNED', rules: unsigned.map(({ rule }) => rule), approvals: both }, ids: [] },
      {
        fields: {
          type: 'RULE_CHANGE',
          cluster: 'DA01',
          rule: 'LR-DA01@2',
          classes: ['CASE_CLOSED/90d'],
          affected,
          approvals: both,
        },
        ids: [],
      },
      {
        fields: {
          type: 'RULE_CHANGE',
          cluster: 'DA03',
          rule: 'LR-DA03@2',
          // In another order than the rule before, as somebody may propose it.
          variants: plan.toReversed().map((years) => `FILE_PLAN_${years}`),
          classes: ['30y', '10y', '5y', '2y', '2y'].map((period) => `CASE_CLOSED+END_OF_YEAR/${period}`),
          affected,
          approvals: both,
        },
        ids: [],
      },
      {
        fields: { ...offer, cluster: 'DA01', objects: { conversations: 3 }, firstNumber: 1, proposal: 'V' },
        ids: [one.id, newId(noon), two.id],
      },
      {
        fields: { ...offer, cluster: 'DA03', objects: { conversations: 1 }, firstNumber: 4, proposal: 'B' },
        ids: [filed.id],
      },
      {
        fields: { ...offer, cluster: 'DA01', objects: { conversations: 1 }, firstNumber: 1, proposal: 'A' },
        ids: [later.id],
      },
      { fields: { ...answer, cluster: 'DA01', decision: 'V', basis: 'EE-2026-02' }, ids: [two.id] },
      { fields: { ...answer, cluster: 'DA03', decision: 'A', basis: 'EE-2026-03' }, ids: [filed.id] },
    ])
    expect(await letsIn()).toBe(false)
    expect(await figures()).toEqual({ holds: 0, restrictions: 0, decisions: 8, anew: 0, destroyed: 0 })
    expect(await town.count('deletion_rule where approved_by is null')).toBe(0)
    const { rows: rules } = await inbox.pool.query(
      `select cluster, version, retention, valid_from, ledger_entry from deletion_rule where version = 2 order by cluster`,
    )
    expect(rules).toMatchObject([
      {
        cluster: 'DA01',
        retention: { kind: 'CLASS', class: { start: 'CASE_CLOSED', endOfYear: false, period: '90d' } },
        valid_from: noon,
        ledger_entry: 1,
      },
      {
        cluster: 'DA03',
        retention: {
          kind: 'BY_VARIANT',
          classes: {
            FILE_PLAN_1Y: { endOfYear: true, period: '2y' },
            FILE_PLAN_2Y: { endOfYear: true, period: '2y' },
            FILE_PLAN_5Y: { endOfYear: true, period: '5y' },
            FILE_PLAN_30Y: { endOfYear: true, period: '30y' },
          },
        },
        ledger_entry: 2,
      },
    ])
    expect(await town.count('coverage where computed_at is null')).toBe(1)
    const { rows: offers } = await inbox.pool.query(
      'select offered, offered_at, ledger_entry from archive_offer order by ledger_entry',
    )
    expect(offers).toEqual([
      { offered: 4, offered_at: noon, ledger_entry: 3 },
      { offered: 1, offered_at: noon, ledger_entry: 5 },
    ])
    const { rows: items } = await inbox.pool.query(
      `select conversation_id as id, number, proposal, valuation, basis, transfer
       from archive_offer_item i join archive_offer o on o.id = i.offer_id order by o.ledger_entry, number`,
    )
    expect(items).toEqual([
      { id: one.id, number: 1, proposal: 'V', valuation: null, basis: null, transfer: null },
      { id: two.id, number: 3, proposal: 'V', valuation: 'V', basis: 'EE-2026-02', transfer: null },
      { id: filed.id, number: 4, proposal: 'B', valuation: 'A', basis: 'EE-2026-03', transfer: 'OPEN' },
      { id: later.id, number: 1, proposal: 'A', valuation: null, basis: null, transfer: null },
    ])
    expect(await town.count('conversation where restricted_at is null')).toBe(0)
  })

  test('takes back what two had withdrawn of what the backup still offers, and of what was offered since', async () => {
    const { inbox } = town
    const [old, since, anew, valued] = [
      await matter('491713940091'),
      await matter('491713940092'),
      await matter('491713940093'),
      await matter('491713940094'),
    ]
    const list = newId(noon)
    await inbox.pool.query(
      `insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $3, 'records', 2)`,
      [list, noon, records.accountId],
    )
    await inbox.pool.query(
      `insert into archive_offer_item (conversation_id, offer_id, number, proposal, valuation, basis, decided_by, decided_at)
       values ($1, $3, 1, 'V', null, null, null, null), ($2, $3, 2, 'V', 'B', 'EE-2026-01', $4, $5)`,
      [old.id, valued.id, list, records.accountId, noon],
    )
    const offer = {
      type: 'ARCHIVE_OFFER',
      cluster: 'DA01',
      land: 'HE',
      answerUntil: '2027-05-16',
      proposal: 'V',
    }
    const withdrawal = {
      type: 'ARCHIVE_WITHDRAWAL',
      cluster: 'DA01',
      reason: 'WRONG_LIST',
      approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
    }
    const one = { objects: { conversations: 1 } }
    const two = { objects: { conversations: 2 } }
    await enteredSince([
      { fields: { ...withdrawal, ...one }, ids: [old.id] },
      { fields: { ...offer, ...two, firstNumber: 1 }, ids: [since.id, anew.id] },
      { fields: { ...withdrawal, ...two }, ids: [since.id, anew.id] },
      { fields: { ...offer, ...one, firstNumber: 1 }, ids: [anew.id] },
      // Of this the backup knows an answer.
      { fields: { ...withdrawal, ...one }, ids: [valued.id] },
    ])
    expect(await letsIn()).toBe(false)
    expect(await figures()).toEqual({ holds: 0, restrictions: 0, decisions: 4, anew: 1, destroyed: 0 })
    const { rows } = await inbox.pool.query<{ id: string }>(
      'select conversation_id as id from archive_offer_item',
    )
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([anew.id, valued.id]))
    const { rows: lists } = await inbox.pool.query(
      'select withdrawn_numbers as numbers, withdrawal_reason as reason from archive_offer order by ledger_entry nulls first',
    )
    expect(lists).toEqual([
      { numbers: [1], reason: 'WRONG_LIST' },
      { numbers: [1, 2], reason: 'WRONG_LIST' },
      { numbers: [], reason: null },
    ])
    expect(
      await town.count('conversation where id = any($1::uuid[]) and restricted_at is null', [
        [old.id, since.id],
      ]),
    ).toBe(2)
    expect(await town.count('conversation where id = $1 and restricted_at is null', [anew.id])).toBe(0)
    // The worker takes nothing back but what the ledger says, during the replay.
    await expect(
      inbox.pool.query(
        `set role buergerdraht_worker; update archive_offer set withdrawn_numbers = '{1}', withdrawn_at = now(), withdrawal_reason = 'BY_MISTAKE';
         delete from archive_offer_item where valuation is null`,
      ),
    ).rejects.toThrow('stays offered')
  })

  test('ends what two have ended, and is not released before somebody has taken over what the ledger tells too little of', async () => {
    const { inbox } = town
    const [again, ended, twice, twoHolds, offered] = [
      await matter('491713940065'),
      await matter('491713940061'),
      await matter('491713940062'),
      await matter('491713940063'),
      await matter('491713940064'),
    ]
    for (const { id } of [ended, twice, twoHolds])
      await setHold(inbox, records, { kind: 'CONVERSATION', id }, lawsuit)
    await setHold(
      inbox,
      records,
      { kind: 'CONVERSATION', id: twice.id },
      { ...lawsuit, expiresOn: '2027-05-31' },
    )
    await inbox.pool.query('delete from ledger_act')
    const both = ['SCHRIFTGUT', 'DATENSCHUTZ']
    const release = {
      type: 'HOLD_RELEASE',
      reason: 'LITIGATION',
      approvals: both,
      objects: { conversations: 1 },
    }
    await enteredSince([
      { fields: release, ids: [ended.id] },
      { fields: release, ids: [twice.id] },
      // Of these nobody can say which has ended: the one of the backup, or the one that was set since.
      {
        fields: { type: 'HOLD_SET', ...hold, expiresOn: '2027-04-30', objects: { conversations: 1 } },
        ids: [twoHolds.id],
      },
      { fields: release, ids: [twoHolds.id] },
      // Ended first and set later, for the same reason: it is held.
      { fields: release, ids: [again.id] },
      { fields: { type: 'HOLD_SET', ...hold, objects: { conversations: 1 } }, ids: [again.id] },
      // Two reasons, one matter: each is set anew although both are marked in one month.
      {
        fields: { type: 'HOLD_SET', ...hold, reason: 'AUDIT', objects: { conversations: 1 } },
        ids: [twoHolds.id],
      },
      {
        fields: { type: 'HOLD_SET', ...hold, reason: 'COUNCIL_INQUIRY', objects: { conversations: 1 } },
        ids: [twoHolds.id],
      },
      {
        fields: {
          type: 'RULE_CHANGE',
          cluster: 'DA03',
          rule: 'LR-DA03@2',
          classes: ['1y', '2y', '5y', '10y', '10y'].map((period) => `CASE_CLOSED+END_OF_YEAR/${period}`),
          affected: { dueEarlier: 0, dueLater: 0, unchanged: 0 },
          approvals: both,
        },
        ids: [],
      },
      // What the law does not let become a version: it changes nothing.
      {
        fields: {
          type: 'RULE_CHANGE',
          cluster: 'DA01',
          rule: 'LR-DA01@2',
          classes: ['CASE_CLOSED/30d'],
          affected: { dueEarlier: 0, dueLater: 0, unchanged: 0 },
          approvals: both,
        },
        ids: [],
      },
      {
        fields: {
          type: 'ARCHIVE_OFFER',
          cluster: 'DA01',
          land: 'HE',
          objects: { conversations: 1 },
          answerUntil: '2027-05-16',
        },
        ids: [offered.id],
      },
      {
        fields: {
          type: 'ARCHIVE_DECISION',
          cluster: 'DA01',
          decision: 'V',
          basis: 'EE-2026-02',
          objects: { conversations: 1 },
        },
        ids: [offered.id],
      },
      // A matter is offered once.
      ...[1, 1].map((firstNumber) => ({
        fields: {
          type: 'ARCHIVE_OFFER',
          cluster: 'DA01',
          land: 'HE',
          objects: { conversations: 1 },
          answerUntil: '2027-05-16',
          firstNumber,
          proposal: 'V',
        },
        ids: [offered.id],
      })),
    ])
    expect(await letsIn()).toBe(false)
    expect(await figures()).toEqual({ holds: 3, restrictions: 0, decisions: 2, anew: 7, destroyed: 0 })
    const { rows } = await inbox.pool.query(
      'select object_id as id, reason, reference from legal_hold where ended_at is null order by object_id, reason, expires_at',
    )
    expect(rows.filter(({ id }) => id === ended.id)).toEqual([])
    expect(rows.filter(({ id }) => id === again.id)).toHaveLength(1)
    expect(rows.filter(({ id }) => id === twice.id)).toHaveLength(2)
    expect(rows.filter(({ id }) => id === twoHolds.id)).toMatchObject([
      { reason: 'AUDIT', reference: 'Löschregister Nr. 6' },
      { reason: 'COUNCIL_INQUIRY', reference: 'Löschregister Nr. 7' },
      { reason: 'LITIGATION', reference: '3 K 1234/26' },
    ])

    const dpo = await town.desk.viewer('dpo', [])
    const { tasks, decisions } = (await readRestore(inbox, dpo)) ?? expect.fail('no restore')
    expect(decisions).toBe(2)
    expect(tasks.map(({ entry, takenAt }) => [entry, takenAt])).toEqual([
      [1, null],
      [3, null],
      [8, null],
      [9, null],
      [10, null],
      [11, null],
      [13, null],
    ])
    expect(tasks[2]).toMatchObject({ title: { de: 'Löschregel geändert' } })
    const kinds = { 'release-restore': releasingOfRestores() } as never
    await takeRestoreTask(inbox, records, 1)
    await expect(takeRestoreTask(inbox, records, 2)).rejects.toThrow('not-found')
    await expect(restoreRelease.propose(inbox, kinds, records)).rejects.toThrow('restore-tasks-open')
    await expect(
      inbox.pool.query(
        `update restore set released_at = now(), proposed_role = 'admin', approved_role = 'admin'`,
      ),
    ).rejects.toThrow('taken over first')
    // Each is of the roles that it names, and of nobody else's.
    expect(tasks.map(({ entry, roles, isForMe }) => [entry, roles.join(), isForMe])).toEqual([
      [1, 'records,dpo', true],
      [3, 'records,dpo', true],
      [8, 'records,admin', false],
      [9, 'records,admin', false],
      [10, 'records', false],
      [11, 'records', false],
      [13, 'records', false],
    ])
    for (const { entry, isForMe } of tasks)
      if (isForMe) await takeRestoreTask(inbox, dpo, entry)
      else await expect(takeRestoreTask(inbox, dpo, entry)).rejects.toThrow('restore-task-for-others')
    await expect(
      inbox.pool.query(
        `update restore_task set taken_by = $1, taken_role = 'dpo', taken_at = now() where ledger_entry = 10`,
        [dpo.accountId],
      ),
    ).rejects.toThrow('restore_task_roles')
    for (const { entry } of tasks) await takeRestoreTask(inbox, records, entry)
    expect(await town.count(`restore_task where taken_role = 'dpo'`)).toBe(1)
    expect(await town.count(`restore_task where taken_role = 'records'`)).toBe(6)
    await restoreRelease.propose(inbox, kinds, records)
    // The worker decides nothing any more, now that the replay is over.
    await expect(
      inbox.pool.query(`set role buergerdraht_worker; update deletion_rule set approved_at = now(), proposed_by = gen_random_uuid(),
        approved_by = gen_random_uuid() where cluster = 'DA05'`),
    ).rejects.toThrow('what the ledger says after a restore')
  })

  test('has again what was agreed with the archive, asked by persons and handed over, and tells somebody of what it does not know', async () => {
    const { inbox } = town
    const [erased, asked, lateToo, copied] = [
      await matter('491713940081'),
      await matter('491713940082'),
      await matter('491713940083'),
      await matter('491713940084'),
    ]
    const both = ['SCHRIFTGUT', 'DATENSCHUTZ']
    const [erasure, access, copy] = [newId(noon), newId(noon), newId(noon)]
    for (const [id, kind, of] of [
      [erasure, 'ERASURE', erased],
      [access, 'ACCESS', asked],
      [copy, 'ACCESS', copied],
    ] as const)
      await inbox.pool.query(
        `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at)
         values ($1, $2, $3, $4, $5, 'records', $6, $6::timestamptz + interval '30 days')`,
        [id, kind, of.contact, of.id, records.accountId, noon],
      )
    const [known, prepared, unknown] = [newId(noon), newId(noon), newId(noon)]
    await packageOf(erased.id, known, 900_001)
    await packageOf(asked.id, unknown, 900_002)
    await inbox.pool.query(
      `insert into hand_over (id, package_id, message, version, way, prepared_at, prepared_by, prepared_role) values ($1, $2, '0605', '3.1.0', 'folder', $3, $4, 'records')`,
      [prepared, known, noon, records.accountId],
    )
    await inbox.pool.query('delete from ledger_act')
    const request = { type: 'REQUEST', receivedOn: '2026-11-20' }
    const three = { objects: { requests: 1, contacts: 1, conversations: 1 } }
    const sent = { type: 'HAND_OVER', message: '0605', version: '3.1.0', way: 'folder' }
    const two = { objects: { handOvers: 1, packages: 1 } }
    const [late, foreign, lost] = [newId(noon), newId(noon), newId(noon)]
    const stranger = [newId(noon), newId(noon), newId(noon)]
    await enteredSince([
      {
        fields: {
          type: 'ARCHIVE_AGREEMENT',
          land: 'HE',
          answerWithin: 6,
          silence: 'RELEASES_NOTHING',
          mode: 'CATALOGUE',
          decisions: [{ category: 'DA03', basis: 'BK-2026-03', validFrom: '2026-01-01', valuation: 'A' }],
          approvals: both,
        },
        ids: [],
      },
      // What no law lets be agreed is not.
      {
        fields: {
          type: 'ARCHIVE_AGREEMENT',
          land: 'HE',
          answerWithin: 6,
          silence: 'RELEASES',
          mode: 'OFFER_EACH',
          decisions: [],
          approvals: both,
        },
        ids: [],
      },
      {
        fields: {
          type: 'FILING_PLAN',
          entries: 3,
          added: 1,
          removed: 0,
          shorter: 0,
          longer: 0,
          approvals: both,
        },
        ids: [],
      },
      // 3: granted, 4: answered after the backup.
      {
        fields: {
          ...request,
          ...three,
          kind: 'ERASURE',
          state: 'OPEN',
          identity: 'SAME_CHAT',
          outcome: 'GRANTED',
          ground: 'ART17_1A',
        },
        ids: [erasure, erased.contact, erased.id],
      },
      {
        fields: {
          ...request,
          ...three,
          kind: 'ACCESS',
          state: 'ANSWERED',
          identity: 'IN_PERSON',
          extended: 'NUMBER',
          outcome: 'GRANTED',
          copy: 'MADE',
        },
        ids: [access, asked.contact, asked.id],
      },
      // 5 and 6: made after the backup, by somebody whom it knows.
      {
        fields: { ...request, ...three, kind: 'RESTRICTION', state: 'OPEN' },
        ids: [late, lateToo.contact, newId(noon)],
      },
      {
        fields: { ...request, ...three, kind: 'RESTRICTION', state: 'OPEN', identity: 'SAME_CHAT' },
        ids: [late, lateToo.contact, newId(noon)],
      },
      // 7: a copy of which the backup does not know. 8 and 9: of somebody whom it does not know, one open and one answered.
      {
        fields: { ...request, ...three, kind: 'ACCESS', state: 'OPEN', copy: 'MADE' },
        ids: [copy, copied.contact, copied.id],
      },
      { fields: { ...request, ...three, kind: 'ERASURE', state: 'OPEN' }, ids: stranger },
      {
        fields: { ...request, ...three, kind: 'ACCESS', state: 'ANSWERED', outcome: 'NOT_MEANT' },
        ids: [newId(noon), newId(noon), newId(noon)],
      },
      // 10 and 11: sent and confirmed after the backup had prepared it.
      { fields: { ...sent, ...two, state: 'SENT' }, ids: [prepared, known] },
      { fields: { ...sent, ...two, state: 'CONFIRMED' }, ids: [prepared, known] },
      // 12: prepared after the backup, of a package that it has; an answer is still to come. 13 and 14: of none that it has.
      { fields: { ...sent, ...two, state: 'SENT' }, ids: [foreign, unknown] },
      { fields: { ...sent, ...two, state: 'SENT' }, ids: [lost, newId(noon)] },
      { fields: { ...sent, ...two, state: 'CONFIRMED' }, ids: [lost, newId(noon)] },
    ])
    expect(await letsIn()).toBe(false)
    expect(await figures()).toEqual({ holds: 0, restrictions: 0, decisions: 7, anew: 6, destroyed: 0 })

    const { rows: agreed } = await inbox.pool.query(
      `select agreement ->> 'land' as land, agreement #>> '{mode,entries,0,valuation}' as valuation from archive_agreement where proposed_by = '00000000-0000-0000-0000-000000000000'`,
    )
    expect(agreed).toEqual([{ land: 'HE', valuation: 'A' }])
    const { rows: requests } = await inbox.pool.query(
      `select id, kind, identity, extension_reason, outcome, ground, closed_at, ledger_entry, contact_id, conversation_id from data_subject_request
       where contact_id = any($1::uuid[]) order by contact_id`,
      [[erased, asked, lateToo, copied].map(({ contact }) => contact)],
    )
    const of = new Map(requests.map((row) => [row.contact_id, row]))
    expect(requests).toHaveLength(4)
    expect(of.get(erased.contact)).toMatchObject({
      id: erasure,
      identity: 'SAME_CHAT',
      outcome: 'GRANTED',
      ground: 'ART17_1A',
      closed_at: null,
      ledger_entry: null,
    })
    expect(of.get(asked.contact)).toMatchObject({
      id: access,
      identity: 'IN_PERSON',
      extension_reason: 'NUMBER',
      outcome: 'GRANTED',
      closed_at: noon,
    })
    expect(of.get(lateToo.contact)).toMatchObject({
      kind: 'RESTRICTION',
      identity: 'SAME_CHAT',
      outcome: null,
      ledger_entry: 5,
      conversation_id: lateToo.id,
    })
    const { rows: handed } = await inbox.pool.query(
      'select id, package_id, state, ledger_entry from hand_over order by ledger_entry nulls first',
    )
    expect(handed).toEqual([
      { id: prepared, package_id: known, state: 'confirmed', ledger_entry: null },
      { id: expect.any(String), package_id: unknown, state: 'sent', ledger_entry: 12 },
    ])
    // What is made again is not entered once more.
    expect(await town.count('ledger_act')).toBe(0)

    const dpo = await town.desk.viewer('dpo', [])
    const { tasks } = (await readRestore(inbox, dpo)) ?? expect.fail('no restore')
    expect(tasks.map(({ entry, title }) => [entry, title?.de])).toEqual([
      [1, 'Mit dem Archiv vereinbart'],
      [2, 'Aktenplan geändert'],
      [7, 'Antrag einer betroffenen Person'],
      [8, 'Antrag einer betroffenen Person'],
      [12, 'Übergabe'],
      [14, 'Übergabe'],
    ])
    expect(tasks[2]?.todo.de).toContain('schon eine Kopie')
    expect(tasks[3]?.todo.de).toContain('nicht kennt')
    expect(new Set(tasks.map(({ todo }) => todo.de)).size).toBe(5)
  })

  test('takes an erasure that was about a part for one about that part, and for one about nothing where the backup knows none of it', async () => {
    const { inbox } = town
    const [some, none] = [await matter('491713940085'), await matter('491713940086')]
    const { rows: messages } = await inbox.pool.query<{ id: string }>(
      'select id from message where conversation_id = $1',
      [some.id],
    )
    const message = messages[0]?.id ?? expect.fail('a message')
    await inbox.pool.query('delete from ledger_act')
    const fields = {
      type: 'REQUEST',
      receivedOn: '2026-11-20',
      kind: 'ERASURE',
      state: 'OPEN',
      identity: 'IN_PERSON',
      outcome: 'GRANTED',
      ground: 'ART17_1A',
      objects: { requests: 1, contacts: 1, conversations: 1, messages: 1, attachments: 1 },
    }
    await enteredSince([
      { fields, ids: [newId(noon), some.contact, some.id, message, newId(noon)] },
      { fields, ids: [newId(noon), none.contact, none.id, newId(noon), newId(noon)] },
    ])
    expect(await letsIn()).toBe(false)
    const { rows } = await inbox.pool.query(
      `select contact_id as contact, outcome, chosen_at is not null as part, chosen_messages as messages, chosen_files as files from data_subject_request
       where contact_id = any($1::uuid[]) order by ledger_entry`,
      [[some.contact, none.contact]],
    )
    const granted = { outcome: 'GRANTED', part: true, files: [] }
    expect(rows).toEqual([
      { ...granted, contact: some.contact, messages: [message] },
      { ...granted, contact: none.contact, messages: [] },
    ])
  })

  test('keeps on the list what is to be done again until whoever has taken it over says that it is done', async () => {
    const { desk, inbox } = town
    const plan = { type: 'FILING_PLAN', entries: 3, added: 1, removed: 0, shorter: 0, longer: 0 }
    await enteredSince([{ fields: { ...plan, approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'] }, ids: [] }])
    expect(await letsIn()).toBe(false)
    const [dpo, admin] = [await desk.viewer('dpo', []), await desk.viewer('admin', [])]
    await takeRestoreTask(inbox, records, 0)
    // Before the release it is taken over once, and nobody can have done it.
    await takeRestoreTask(inbox, admin, 0)
    await expect(completeRestoreTask(inbox, records, 0)).rejects.toThrow('changed-meanwhile')
    expect(await listRestoreTasks(inbox, dpo, 'open')).toEqual({ counts: { open: 0, done: 0 }, items: [] })
    await releaseByOperators(inbox)
    expect(await letsIn()).toBe(true)

    const { counts, items } = await listRestoreTasks(inbox, dpo, 'open')
    expect(counts).toEqual({ open: 1, done: 0 })
    expect(items).toMatchObject([{ entry: 0, isMine: false, doneAt: null }])
    await expect(completeRestoreTask(inbox, admin, 0)).rejects.toThrow('restore-task-of-another')
    await expect(completeRestoreTask(inbox, desk.yilmaz, 0)).rejects.toThrow('not-allowed')
    await expect(listRestoreTasks(inbox, desk.yilmaz, 'open')).rejects.toThrow('not-allowed')
    await expect(takeRestoreTask(inbox, dpo, 0)).rejects.toThrow('restore-task-for-others')
    await takeRestoreTask(inbox, admin, 0)
    await expect(completeRestoreTask(inbox, records, 0)).rejects.toThrow('restore-task-of-another')
    // They have another role by now.
    await expect(completeRestoreTask(inbox, { ...admin, role: 'dpo' }, 0)).rejects.toThrow(
      'restore-task-for-others',
    )
    await completeRestoreTask(inbox, admin, 0)
    await completeRestoreTask(inbox, admin, 0)
    await expect(takeRestoreTask(inbox, records, 0)).rejects.toThrow('restore-task-done')
    await expect(completeRestoreTask(inbox, dpo, 1)).rejects.toThrow('not-found')
    expect(await listRestoreTasks(inbox, dpo, 'open')).toMatchObject({
      counts: { open: 0, done: 1 },
      items: [],
    })
    expect(await listRestoreTasks(inbox, records, 'done')).toMatchObject({
      items: [{ entry: 0, isMine: false, doneAt: inbox.now().toISOString() }],
    })
    const { rows } = await inbox.pool.query(
      `select act, actor_id from audit_entry where act in ('restore-task-taken', 'restore-task-done') order by id`,
    )
    expect(rows).toEqual([
      { act: 'restore-task-taken', actor_id: records.accountId },
      { act: 'restore-task-taken', actor_id: admin.accountId },
      { act: 'restore-task-done', actor_id: admin.accountId },
    ])
    await expect(inbox.pool.query('update restore_task set done_at = now()')).rejects.toThrow('done once')
  })

  test('is carried out once, wherever the worker is killed, and released by two operators where nobody can sign in', async () => {
    const { inbox, folder } = town
    const matters = [await matter('491713940031'), await matter('491713940032')]
    await enteredSince(
      matters.map(({ id, message }) => ({
        ...aDeletion,
        ids: [id, message],
        objects: { conversations: 1, messages: 1 },
      })),
    )
    class Killed extends Error {}
    for (const step of ['destroyed', 'files-removed'] as const)
      await mayLetIn(
        inbox,
        {
          folder,
          reached: (at) => {
            if (at === step) throw new Killed()
          },
        },
        'worker',
      ).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
    expect(await releaseByOperators(inbox)).toBe(false)
    const kinds = { 'release-restore': releasingOfRestores() } as never
    await expect(restoreRelease.propose(inbox, kinds, records)).rejects.toThrow('changed-meanwhile')
    expect(await letsIn()).toBe(false)
    expect(await town.count('conversation')).toBe(0)
    expect(await figures()).toMatchObject({ destroyed: 2 })
    expect(await releaseByOperators(inbox)).toBe(true)
    await expect(
      mayLetIn(
        inbox,
        {
          folder,
          reached: () => {
            throw new Killed()
          },
        },
        'worker',
      ),
    ).rejects.toThrow(Killed)
    expect(await letsIn('api')).toBe(false)
    expect(await letsIn()).toBe(true)
    const types = []
    for await (const { entry } of readEntries(folder, 0)) types.push(entry?.type)
    expect(types).toEqual(['DELETE', 'DELETE', 'RESTORE_REPLAY'])
    expect(await judgeLedger(inbox, folder)).toEqual({ state: 'equal', size: 3 })
  })

  test('lets nobody in, and says why, while something with a tombstone is left', async () => {
    const one = await matter('491713940071')
    const ids = [one.id, one.message]
    await enteredSince([{ ...aDeletion, ids, objects: { conversations: 1, messages: 1 } }])
    // Put back by hand: the database says that this has been carried out.
    const { inbox, folder } = town
    const key = await logKeyOf(inbox.keys, 'deletion-ledger')
    const ledger = await Ledger.open(folder, key, { ledger: 0, size: 0, root: await emptyRoot() })
    await inbox.pool.query('update ledger_state set applied_size = 1, applied_root = $1', [
      await ledger.rootAt(1),
    ])
    await ledger.close()
    await enteredSince([{ fields: { type: 'HOLD_SET', ...hold, covers: 'DA04' }, ids: [] }])
    await expect(letsIn()).rejects.toThrow('still there')
    expect(await letsIn('api')).toBe(false)
  })

  test('that is older than the tombstones are kept is not opened, and says so', async () => {
    const { rm } = await import('node:fs/promises')
    const one = await matter('491713940041')
    await enteredSince([{ ...aDeletion, ids: [one.message], objects: { messages: 1 } }])
    await rm(`${town.folder}/tombstones`, { recursive: true })
    await expect(letsIn()).rejects.toThrow(LedgerUnusable)
    expect(await town.count('message where id = $1', [one.message])).toBe(1)
  })
})
