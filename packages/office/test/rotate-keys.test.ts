import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Keys, readKeyFile, readOrCreateKeyFile } from '../src/index.ts'
import { rotateKeyFile } from '../src/sealing/rotate-keys.ts'

let folder: string
let path: string
let database: Database
let drop: () => Promise<void>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
  path = join(folder, 'keys')
  const made = await createTestDatabase()
  drop = made.drop
  database = createDatabase(made.url)
})
afterEach(async () => {
  await database.close()
  await drop()
  await rm(folder, { recursive: true })
})

/** As another process would: with an empty memory, knowing the key file alone. */
function openKeys() {
  return Keys.open(database.pool, () => readOrCreateKeyFile(path))
}

async function store(keys: Keys): Promise<string> {
  const { row } = keys.make('conversation')
  await database.prisma.dataKey.create({ data: { ...row, wrapped: new Uint8Array(row.wrapped) } })
  return row.id
}

test('of several processes that make the first key at once, all get the same', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => readOrCreateKeyFile(path)))
  expect(new Set(made.map(([key]) => key.id)).size).toBe(1)
  expect(await readdir(folder)).toEqual(['keys'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a rotation leaves one new key, with which everything is read', async () => {
  const keys = await openKeys()
  const ids = [await store(keys), await store(keys)]
  const [old] = await readKeyFile(path)
  expect(await rotateKeyFile(keys, path, 1)).toBeGreaterThanOrEqual(2)
  const left = await readKeyFile(path)
  expect(left).toHaveLength(1)
  expect(left[0].id).not.toBe(old.id)
  expect((await (await openKeys()).getMany(ids)).size).toBe(2)
  expect(await readdir(folder)).toEqual(['keys'])
})

test('two rotations at once: the second is refused, and nothing is lost', async () => {
  const keys = await openKeys()
  const id = await store(keys)
  const outcomes = await Promise.allSettled([
    rotateKeyFile(keys, path, 50),
    openKeys().then((other) => rotateKeyFile(other, path, 50)),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await (await openKeys()).get(id)).length).toBe(32)
})

test('the old key stays as long as a process wraps with it', async () => {
  const keys = await openKeys()
  // A process that has not read the file again, and makes a conversation while the keys are rotated.
  const slow = await openKeys()
  const ids: string[] = []
  const rewrap = keys.rewrap.bind(keys)
  let rounds = 0
  keys.rewrap = async () => {
    const wrapped = await rewrap()
    rounds += 1
    if (rounds < 3) ids.push(await store(slow))
    return wrapped
  }
  await rotateKeyFile(keys, path, 1)
  expect(rounds).toBe(4)
  expect((await (await openKeys()).getMany(ids)).size).toBe(2)
})

test('cut off in the middle, everything is still read, and the next rotation ends it', async () => {
  const keys = await openKeys()
  const id = await store(keys)
  const rewrap = keys.rewrap.bind(keys)
  keys.rewrap = async () => {
    await rewrap()
    throw new Error('killed')
  }
  await expect(rotateKeyFile(keys, path, 1)).rejects.toThrow('killed')
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(2)
  const again = await openKeys()
  expect((await again.get(id)).length).toBe(32)
  await rotateKeyFile(again, path, 1)
  expect(await readKeyFile(path)).toHaveLength(1)
  expect((await (await openKeys()).get(id)).length).toBe(32)
})
