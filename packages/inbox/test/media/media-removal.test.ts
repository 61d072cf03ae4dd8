import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  countUnknownFiles,
  dropUnfinishedFiles,
  fetchMedia,
  readIntake,
  removeNamedMedia,
} from '../../src/index.ts'
import { type MediaOffice, openMediaOffice } from './media-office.ts'
import { sample } from './sample.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const admin = { accountId: crypto.randomUUID(), displayName: 'Petra', role: 'admin', teamIds: [] } as const

let here: MediaOffice
beforeEach(async () => {
  here = await openMediaOffice()
})
afterEach(() => here.close())

async function receiveAndFetch(): Promise<string> {
  const id = await here.receive({
    kind: 'document',
    claimedType: 'application/pdf',
    bytes: sample('letter.pdf'),
  })
  await fetchMedia(here.office, id)
  expect((await here.attachment(id)).state).toBe('ready')
  return id
}

async function attachmentsOnDisk(): Promise<string[]> {
  const files = await here.filesOnDisk()
  return [...new Set(files.map(({ path }) => path.slice(3, 39)))].sort()
}

async function written(path: string, age: number): Promise<void> {
  await mkdir(join(here.office.mediaDir, path, '..'), { recursive: true })
  await writeFile(join(here.office.mediaDir, path), 'x')
  const at = new Date(Date.now() - age)
  await utimes(join(here.office.mediaDir, path), at, at)
}

async function age(): Promise<void> {
  const old = new Date(Date.now() - 2 * day)
  for (const { path } of await here.filesOnDisk()) await utimes(join(here.office.mediaDir, path), old, old)
}

test('the files of a deleted message are removed, those of others stay', async () => {
  const kept = await receiveAndFetch()
  const deleted = await receiveAndFetch()
  const { messageId } = await here.attachment(deleted)
  await here.office.prisma.message.delete({ where: { id: messageId ?? '' } })
  expect(await removeNamedMedia(here.office)).toBe(1)
  expect(await removeNamedMedia(here.office)).toBe(0)
  expect(await attachmentsOnDisk()).toEqual([kept])
  expect(await here.contentOf(kept)).toEqual(sample('letter.pdf'))
})

test('what has a row is kept, although its removal was foreseen', async () => {
  const kept = await receiveAndFetch()
  await here.office.pool.query('insert into media_removal values ($1, $2)', [kept, here.office.now()])
  expect(await removeNamedMedia(here.office)).toBe(0)
  expect(await attachmentsOnDisk()).toEqual([kept])
  expect(await here.office.prisma.mediaRemoval.count()).toBe(0)
})

test('an upload that was cut off is removed after a day', async () => {
  const id = '00000000-0000-7000-8000-0000000000ab'
  await here.office.pool.query('insert into media_removal values ($1, $2)', [
    id,
    new Date(here.office.now().getTime() + day),
  ])
  await written(`ab/${id}.received`, 0)
  expect(await removeNamedMedia(here.office)).toBe(0)
  here.setNow(new Date(here.office.now().getTime() + day))
  expect(await removeNamedMedia(here.office)).toBe(1)
  expect(await attachmentsOnDisk()).toEqual([])
})

test('what was being written when a process was killed goes a day later', async () => {
  await written('unfinished/young', 0)
  await written('unfinished/old', 2 * day)
  expect(await dropUnfinishedFiles(here.office)).toBe(1)
  expect(await readdir(join(here.office.mediaDir, 'unfinished'))).toEqual(['young'])
})

describe('files that the database does not know', () => {
  test('are told of and never removed', async () => {
    const ids = [await receiveAndFetch(), await receiveAndFetch()].sort()
    await age()
    expect(await countUnknownFiles(here.office)).toBe(0)
    expect((await readIntake(here.office, admin)).notices).toEqual([])
    // As if the database were another one.
    await here.office.pool.query('truncate attachment')
    const files = await here.filesOnDisk()
    expect(await removeNamedMedia(here.office)).toBe(0)
    expect(await countUnknownFiles(here.office)).toBe(files.length)
    expect(await attachmentsOnDisk()).toEqual(ids)
    expect(here.logged.at(-1)).toEqual({
      event: 'media unknown to the database',
      facts: { files: files.length, unknown: files.length },
    })
    expect((await readIntake(here.office, admin)).notices).toMatchObject([
      { code: 'unknown-media', count: files.length },
    ])
  })

  test('do not count while they are young, and the notice ends with its cause', async () => {
    await written('ab/00000000-0000-7000-8000-0000000000ab', 2 * hour)
    expect(await countUnknownFiles(here.office)).toBe(1)
    await written('ab/00000000-0000-7000-8000-0000000000ab', 0)
    expect(await countUnknownFiles(here.office)).toBe(0)
    expect((await readIntake(here.office, admin)).notices).toEqual([])
  })

  test('nor are those of an attachment whose key is not there (yet)', async () => {
    const bytes = sample('letter.pdf')
    const id = await here.receive({ kind: 'document', claimedType: 'application/pdf', bytes })
    await written(`${id.slice(-2)}/${id}.received`, 0)
    const { rows } = await here.office.pool.query(
      "delete from data_key where purpose = 'attachment' returning id",
    )
    for (const { id: keyId } of rows) here.office.keys.forget(keyId)
    await fetchMedia(here.office, id)
    expect(await attachmentsOnDisk()).toEqual([id])
    expect(await here.attachment(id)).toMatchObject({ state: 'pending' })
    expect(here.logged.map(({ event }) => event)).toContain('media key missing')
  })
})
