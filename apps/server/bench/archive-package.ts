import { createHash, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { leadOnce, preparePackage } from '@buergerdraht/custody'
import { logKeyOf } from '@buergerdraht/office'
import { bytesInFile, parseNoteKey, verdictOf, verifyPackage } from '@buergerdraht/records'
import { addFile, archiveOf, closeAll, file, firstMessages } from './bench-archive.ts'
import { benchSettings } from './bench-settings.ts'
import { openBenchOffice } from './office-processes.ts'
import { print } from './report.ts'
import { seedMessages } from './seed-messages.ts'

/** Megabytes of films in one matter, in films of as many as a provider takes; `BENCH_SIZES` says how many. */
const [megabytes = 1000] = benchSettings.sizes ?? []
const filmBytes = 50_000_000
const rounds = 3

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

async function hashed(path: string, ...algorithms: readonly string[]): Promise<void> {
  const source = await bytesInFile(path)
  const hashes = algorithms.map((algorithm) => createHash(algorithm))
  for (let at = 0; at < source.size; at += 1 << 20) {
    const chunk = await source.read(at, Math.min(1 << 20, source.size - at))
    for (const hash of hashes) hash.update(chunk)
  }
  for (const hash of hashes) hash.digest()
  await source.close()
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const office = await openBenchOffice()
try {
  const { pool } = office.database
  await seedMessages(office, 0, 10)
  await closeAll(office.database)
  const archive = archiveOf(office)
  const { inbox } = archive
  const [matter] = await firstMessages(inbox)
  if (matter === undefined) throw new Error('There is no matter.')
  for (let left = megabytes * 1e6; left > 0; left -= filmBytes)
    await addFile(inbox, matter, 'video', randomBytes(Math.min(filmBytes, left)))
  await file(office.database, 1)
  const { rows: tasks } = await pool.query<{ id: string }>('select package_id as id from archive_task')
  const id = tasks[0]?.id ?? ''
  const sealing = await seconds(async () => {
    if (!(await preparePackage(archive, id)) || (await leadOnce(archive)) !== 1)
      throw new Error('It was not sealed.')
  })
  const { rows: items } = await pool.query<{ id: string }>('select id from archive_item')
  const itemKeys = await inbox.keys.getMany(items.map((item) => item.id))
  const trust = { keys: [parseNoteKey((await logKeyOf(inbox.keys, 'archive-log')).verifierKey)] }
  const path = join(archive.archiveDir, id.slice(0, 2), `${id}.zip`)
  async function verify(isOpened: boolean): Promise<void> {
    const source = await bytesInFile(path)
    const { findings } = await verifyPackage(source, { trust, ...(isOpened && { itemKeys }) })
    await source.close()
    if (verdictOf(findings) !== 0) throw new Error(JSON.stringify(findings))
  }
  const taken: { sha256: number; both: number; verified: number; opened: number }[] = []
  for (let n = 0; n < rounds; n += 1)
    taken.push({
      sha256: await seconds(() => hashed(path, 'sha256')),
      both: await seconds(() => hashed(path, 'sha256', 'sha3-512')),
      verified: await seconds(() => verify(false)),
      opened: await seconds(() => verify(true)),
    })
  const ratios = {
    verified: median(taken.map(({ sha256, verified }) => sha256 / verified)),
    opened: median(taken.map(({ sha256, opened }) => sha256 / opened)),
    verifiedToBoth: median(taken.map(({ both, verified }) => both / verified)),
    openedToBoth: median(taken.map(({ both, opened }) => both / opened)),
  }
  print(`A package of ${(statSync(path).size / 1e9).toFixed(2)} GB, sealed by the office`, [
    { name: 'verified, to SHA-256 of the file', value: ratios.verified, unit: '×', goal: { min: 0.6 } },
    { name: '  and decrypted', value: ratios.opened, unit: '×', goal: { min: 0.35 } },
    { name: 'verified, to the two hashes that it demands', value: ratios.verifiedToBoth, unit: '×' },
    { name: '  and decrypted', value: ratios.openedToBoth, unit: '×' },
    {
      name: 'sealing it, in verifications with decryption',
      value: sealing / median(taken.map(({ opened }) => opened)),
      unit: '×',
    },
  ])
} finally {
  await office.close()
}
