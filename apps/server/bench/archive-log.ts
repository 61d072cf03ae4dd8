import { checkArchive, withArchiveLog } from '@buergerdraht/custody'
import { archiveOf } from './bench-archive.ts'
import { benchSettings } from './bench-settings.ts'
import { memoryOf, openBenchOffice } from './office-processes.ts'
import { type Figure, print } from './report.ts'

/** Leaves that the archive log has; ascending, because the most memory is that of the process so far. */
const sizes = benchSettings.sizes ?? [100_000, 1_000_000]
const proofs = 200

type Taken = {
  readonly size: number
  readonly started: number
  readonly proof: number
  readonly hashes: number
  readonly checked: number
  readonly memory: number
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

async function measure(size: number): Promise<Taken> {
  const office = await openBenchOffice()
  try {
    const archive = archiveOf(office)
    await office.database.pool.query(
      `insert into archive_leaf (index, leaf, package_id, erasure)
       select n, sha256(n::text::bytea), gen_random_uuid(), null from generate_series(0, $1::int - 1) n`,
      [size],
    )
    // What has its place in the database gets it on disk.
    await withArchiveLog(archive, async () => {})
    const started = await seconds(() => withArchiveLog(archive, async () => {}))
    let hashes = 0
    const proof = await withArchiveLog(archive, ({ log }) =>
      seconds(async () => {
        for (let n = 0; n < proofs; n += 1) {
          const index = Math.floor((size * n) / proofs)
          hashes = Math.max(hashes, (await log.proveInclusion(index, size)).length)
        }
      }),
    )
    const checked = await seconds(() => checkArchive(archive.inbox, archive, 0))
    const memory = memoryOf(process.pid, 'VmHWM')
    return { size, started, proof: (proof ?? 0) / proofs, hashes, checked, memory }
  } finally {
    await office.close()
  }
}

let before: Taken | null = null
for (const size of sizes) {
  const taken = await measure(size)
  const figures: Figure[] = [
    { name: 'a worker begins to lead', value: taken.started, unit: 's' },
    { name: 'a proof that a package is in it', value: taken.proof * 1000, unit: 'ms' },
    { name: '  its hashes', value: taken.hashes, unit: '' },
    { name: 'log and database held against each other', value: taken.checked, unit: 's' },
    { name: '  memory of the process, at most', value: taken.memory, unit: 'MB' },
  ]
  if (before !== null) {
    const growth = size / before.size
    figures.push(
      {
        name: '  to begin: time a leaf, to the size before',
        value: taken.started / before.started / growth,
        unit: '×',
        goal: { max: 1.3 },
      },
      {
        name: '  a proof: to the size before',
        value: taken.proof / before.proof,
        unit: '×',
        // Logarithmic: seven hashes are read for each hundredfold, of some twenty.
        goal: { max: 2 },
      },
    )
  }
  before = taken
  print(`An archive log of ${size.toLocaleString('en')} leaves`, figures)
}
