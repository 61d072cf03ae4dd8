import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { mountingRefused, mountSmallDisk, type SmallDisk } from '../../../testing/small-disk.ts'
import { leadOnce, preparePackage } from '../src/index.ts'
import { openArchive, type TestArchive } from './open-archive.ts'

const refused = await mountingRefused()

let it: TestArchive
let disk: SmallDisk
beforeEach(async () => {
  if (refused !== undefined) return
  it = await openArchive()
  // Log, packages and what is prepared.
  disk = mountSmallDisk(dirname(it.archive.folder), 512)
  return async () => {
    // Nobody holds a file on it open any more, or it stays.
    await disk.unmount()
    await it.end()
  }
})

async function tasks() {
  return it.rows('select state, failure, attempts from archive_task')
}
async function tryNow(): Promise<void> {
  await it.rows('update archive_task set next_try_at = null')
}
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter((one) => one.isFile()).map(({ name }) => name)
}

test.skipIf(refused !== undefined)(
  `a disk that is full at every step of sealing leaves nothing half made, and is made good when there is room${refused ? ` (skipped: ${refused})` : ''}`,
  async () => {
    const { archive } = it
    await it.filed('Erstens', '491713920091')
    const [task] = await it.rows<{ package_id: string }>('select package_id from archive_task')
    const id = task?.package_id ?? ''

    disk.fill()
    expect(await preparePackage(archive, id)).toBe(false)
    expect(await tasks()).toEqual([{ state: 'waiting', failure: 'disk-full', attempts: 1 }])
    expect(await filesIn(archive.archiveDir)).toEqual([])
    expect(await it.rows(`select from data_key where purpose = 'archive-item'`)).toEqual([])

    disk.empty()
    await tryNow()
    expect(await preparePackage(archive, id)).toBe(true)
    disk.fill()
    // The log has no room: nothing is sealed, whatever has its place in the database.
    await expect(leadOnce(archive)).rejects.toThrow()
    expect(await it.rows('select from archive_package')).toEqual([])

    disk.empty()
    await tryNow()
    function fillWhenSigned(step: string): void {
      if (step === 'signed') disk.fill()
    }
    expect(await leadOnce({ ...archive, reached: fillWhenSigned })).toBe(0)
    expect(await tasks()).toEqual([{ state: 'placed', failure: 'disk-full', attempts: 1 }])
    expect(await filesIn(archive.archiveDir)).toEqual([expect.stringMatching(/\.items$/)])

    disk.empty()
    await tryNow()
    expect(await leadOnce(archive)).toBe(1)
    expect(await tasks()).toEqual([])
    expect(await it.found()).toEqual([])
    expect(await filesIn(archive.archiveDir)).toEqual([`${id}.zip`])
    expect(await it.rows('select from archive_leaf')).toHaveLength(1)
    expect(await filesIn(join(archive.folder, 'checkpoints'))).toEqual(['1.txt'])
  },
)
