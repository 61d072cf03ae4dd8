import { readdirSync, readFileSync } from 'node:fs'
import { bytesInMemory, fixedNames, openPackage } from '@buergerdraht/records'
import { expect, test } from 'vitest'
import { proofFilesIn } from './package-files.ts'

const vectors = new URL('../../../../packages/records/vectors/packages/', import.meta.url)

test('finds the small files of every good package, byte by byte as the verifier does, and none of its contents', async () => {
  const valid = readdirSync(new URL('valid/', vectors)).filter((name) => name.endsWith('.zip'))
  expect(valid.length).toBeGreaterThan(3)
  for (const name of valid) {
    const bytes = readFileSync(new URL(`valid/${name}`, vectors))
    const files = await proofFilesIn(new Blob([bytes]))
    const { read } = await openPackage(bytesInMemory(bytes))
    for (const file of fixedNames) {
      const wanted = await read(file)
      const found = files.get(file)
      expect(found && Buffer.from(found).toString('hex'), `${name} ${file}`).toBe(
        wanted && Buffer.from(wanted).toString('hex'),
      )
    }
    expect([...files.keys()].filter((file) => file.startsWith('items/'))).toEqual([])
  }
})

test('whatever else somebody chooses gives no files, or the wrong ones, and never an exception', async () => {
  const [name = ''] = readdirSync(new URL('valid/', vectors)).filter((each) => each.endsWith('.zip'))
  const bytes = readFileSync(new URL(`valid/${name}`, vectors))
  expect(await proofFilesIn(new Blob([]))).toEqual(new Map())
  expect(
    await proofFilesIn(new Blob(['Das ist kein Paket, und es ist lang genug, um eines zu sein.'])),
  ).toEqual(new Map())
  for (let length = bytes.length - 1; length > bytes.length - 200; length--)
    expect(await proofFilesIn(new Blob([bytes.subarray(0, length)]))).toBeInstanceOf(Map)
  const places = Array.from({ length: 200 }, (_, at) => bytes.length - 1 - at)
  for (const at of places) {
    const other = Buffer.from(bytes)
    other[at] = (other[at] ?? 0) ^ 0xff
    expect(await proofFilesIn(new Blob([other]))).toBeInstanceOf(Map)
  }
})
