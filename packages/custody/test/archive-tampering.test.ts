import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logKeyOf, transaction } from '@buergerdraht/office'
import { checkpointText, formatNote, signNote } from '@buergerdraht/records'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { packagePath } from '../src/archive-packages/package-folder.ts'
import { withArchiveLog } from '../src/index.ts'
import { openArchive, type TestArchive } from './open-archive.ts'

/** What somebody tampers with. */
const tables = [
  'archive_leaf',
  'archive_checkpoint',
  'archive_package',
  'archive_item',
  'archive_file',
  'archive_reference',
  'data_key',
]
const otherId = '00000000-0000-4000-8000-000000000001'

/** One archive of three packages, for every test as it was sealed: making it takes longer than what is tested. */
let it: TestArchive

/** As somebody to whom no trigger and no grant means anything. */
async function tamper(sql: string): Promise<void> {
  await transaction(
    it.inbox.pool,
    ({ client }) => client.query(sql),
    `; set local session_replication_role = 'replica'`,
  )
}
function aside(folder: string): string {
  return `${folder}-aside`
}

beforeAll(async () => {
  it = await openArchive()
  for (const n of [1, 2, 3]) await it.filed(`Nummer ${n}`, `49171392003${n}`)
  await it.seal()
  expect(await it.found()).toEqual([])
  for (const table of tables) await it.rows(`create table kept_${table} as table ${table}`)
  for (const folder of [it.archive.folder, it.archive.archiveDir])
    await cp(folder, aside(folder), { recursive: true })
})
afterEach(async () => {
  await tamper(
    tables.map((name) => `delete from ${name}; insert into ${name} select * from kept_${name}`).join('; '),
  )
  for (const folder of [it.archive.folder, it.archive.archiveDir]) {
    await rm(folder, { recursive: true, force: true })
    await cp(aside(folder), folder, { recursive: true })
  }
  expect(await it.found()).toEqual([])
})
afterAll(() => it.end())

describe('a superuser who', () => {
  test.each([
    [
      'changes a leaf',
      `update archive_leaf set leaf = decode(repeat('ab', 32), 'hex') where index = 1`,
      ['LEAF_DIFFERS'],
    ],
    [
      'changes a manifest',
      `update archive_package set manifest = convert_to(replace(convert_from(manifest, 'UTF8'), '30y', '10y'), 'UTF8') where leaf_index = 1`,
      ['MANIFEST_DIFFERS'],
    ],
    [
      'removes a package',
      `delete from archive_file where package_id = (select id from archive_package where leaf_index = 1); delete from archive_reference; delete from archive_item where package_id = (select id from archive_package where leaf_index = 1); delete from archive_package where leaf_index = 1`,
      ['LEAF_UNEXPLAINED'],
    ],
    [
      'removes a package with its leaf',
      `delete from archive_package where leaf_index = 2; delete from archive_leaf where index = 2`,
      ['LEAF_MISSING'],
    ],
    [
      'removes a package in the middle with its leaf',
      `delete from archive_package where leaf_index = 1; delete from archive_leaf where index = 1`,
      ['LEAF_MISSING'],
    ],
    [
      'removes a leaf in the middle and moves the others up',
      `delete from archive_package where leaf_index = 1; delete from archive_leaf where index = 1; update archive_leaf set index = 1 where index = 2; update archive_package set leaf_index = 1 where leaf_index = 2`,
      ['LEAF_DIFFERS', 'LEAF_MISSING', 'MANIFEST_DIFFERS'],
    ],
    [
      'puts two packages in another order',
      `update archive_leaf set index = 9 where index = 0; update archive_leaf set index = 0 where index = 1; update archive_leaf set index = 1 where index = 9;
       update archive_package set leaf_index = 9 where leaf_index = 0; update archive_package set leaf_index = 0 where leaf_index = 1; update archive_package set leaf_index = 1 where leaf_index = 9`,
      ['LEAF_DIFFERS', 'LEAF_DIFFERS', 'MANIFEST_DIFFERS', 'MANIFEST_DIFFERS'],
    ],
    [
      'dates a package back',
      `update archive_package set sealed_at = sealed_at - interval '1 year' where leaf_index = 1`,
      ['SEALED_EARLIER'],
    ],
    [
      'dates the manifest back',
      `update archive_package set manifest = convert_to(replace(convert_from(manifest, 'UTF8'), '"createdAt":"2026', '"createdAt":"2025'), 'UTF8') where leaf_index = 1`,
      ['MANIFEST_DIFFERS'],
    ],
    [
      'takes an item away',
      `delete from archive_item where position = 0 and package_id = (select id from archive_package where leaf_index = 1)`,
      ['ITEMS_DIFFER', 'KEY_MISSING'],
    ],
    [
      'adds an item',
      `insert into archive_item (id, package_id, position, kind) select '${otherId}', id, 99, 'NOTE' from archive_package where leaf_index = 1`,
      ['ITEMS_DIFFER'],
    ],
    [
      'calls an item something else',
      `update archive_item set kind = 'NOTE' where kind = 'MESSAGE' and package_id = (select id from archive_package where leaf_index = 1)`,
      ['ITEMS_DIFFER'],
    ],
    [
      'puts two messages in another order',
      `update archive_item set position = 9 where position = 0 and package_id = (select id from archive_package where leaf_index = 1);
       update archive_item set position = 0 where position = 1 and package_id = (select id from archive_package where leaf_index = 1);
       update archive_item set position = 1 where position = 9 and package_id = (select id from archive_package where leaf_index = 1)`,
      ['ITEMS_DIFFER'],
    ],
    [
      'says that something else is sealed',
      `update archive_package set cluster = 'DA02' where leaf_index = 1`,
      ['ITEMS_DIFFER'],
    ],
    [
      'calls a package an erasure',
      'update archive_leaf set erasure = 1 where index = 1',
      ['LEAF_UNEXPLAINED'],
    ],
    [
      'says that a package was sealed before the one before it',
      `update archive_package set sealed_at = sealed_at + interval '1 hour' where leaf_index = 1`,
      ['SEALED_EARLIER'],
    ],
    [
      'says that the first package was sealed before it was made',
      `update archive_package set sealed_at = sealed_at - interval '1 hour' where leaf_index = 0`,
      ['SEALED_EARLIER'],
    ],
    [
      'calls a package by another name',
      `update archive_leaf set package_id = '${otherId}' where index = 1; update archive_item set package_id = '${otherId}'
         where package_id = (select id from archive_package where leaf_index = 1);
       update archive_file set package_id = '${otherId}' where package_id = (select id from archive_package where leaf_index = 1);
       update archive_package set id = '${otherId}' where leaf_index = 1`,
      ['FILE_MISSING', 'MANIFEST_DIFFERS'],
    ],
    [
      'destroys a key without an entry',
      `delete from data_key where id = (select i.id from archive_item i join archive_package p on p.id = i.package_id where p.leaf_index = 1 and i.position = 0)`,
      ['KEY_MISSING'],
    ],
    [
      'changes a checkpoint',
      `update archive_checkpoint set note = replace(note, E'\\n3\\n', E'\\n2\\n')`,
      ['CHECKPOINT_DIFFERS'],
    ],
    [
      'takes a checkpoint for that of another size',
      'update archive_checkpoint set size = 2',
      ['CHECKPOINT_DIFFERS'],
    ],
    [
      'changes the signature under a checkpoint',
      `update archive_checkpoint set note = overlay(note placing 'AAAAAAAA' from length(note) - 20)`,
      ['CHECKPOINT_DIFFERS'],
    ],
  ])('%s is found', async (_, sql, codes) => {
    await tamper(sql)
    expect((await it.found()).toSorted()).toEqual(codes)
  })

  test('signs a checkpoint of another tree with the office’s own key is found', async () => {
    const { origin, signer } = await logKeyOf(it.inbox.keys, 'archive-log')
    const text = checkpointText({ origin, size: 3, root: Buffer.alloc(32, 7), extensions: [] })
    const note = formatNote(signNote({ text, signatures: [] }, [signer]))
    await tamper(`update archive_checkpoint set note = '${note}'`)
    expect(await it.found()).toEqual(['CHECKPOINT_DIFFERS'])
  })

  test('takes the log away is found', async () => {
    await rm(join(it.archive.folder, 'log'))
    expect(await it.found()).toEqual(['LOG_MISSING'])
  })

  test('changes, cuts off or takes away a package is found', async () => {
    const [one] = await it.rows<{ id: string }>('select id from archive_package limit 1')
    const path = packagePath(it.archive.archiveDir, one?.id ?? '')
    const bytes = await readFile(path)
    const changed = Buffer.from(bytes)
    const place = bytes.length - 3000
    changed[place] = (changed[place] ?? 0) ^ 1
    for (const wrong of [
      changed,
      bytes.subarray(0, bytes.length - 5),
      Buffer.concat([bytes, Buffer.from('x')]),
    ]) {
      await writeFile(path, wrong)
      expect((await it.found()).length).toBeGreaterThan(0)
    }
    await rm(path)
    expect(await it.found()).toEqual(['FILE_MISSING'])
    await writeFile(path, bytes)
    expect(await it.found()).toEqual([])
  })

  test('writes the log anew from the changed database is found by whoever kept a checkpoint', async () => {
    const kept = await readFile(join(it.archive.folder, 'checkpoints', '3.txt'))
    await tamper(`update archive_leaf set leaf = decode(repeat('ab', 32), 'hex') where index = 1`)
    await rm(it.archive.folder, { recursive: true })
    // The log's own worker does not go on with it.
    await expect(withArchiveLog(it.archive, async () => 'open')).rejects.toThrow(
      'does not agree with its checkpoint',
    )
    expect(kept.toString()).toContain('/archive/')
    expect(await it.found()).toEqual(expect.arrayContaining(['CHECKPOINT_DIFFERS']))
  })
})
