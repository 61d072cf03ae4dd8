import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { centralRecord, dataDescriptor, endRecords, localHeader } from '../src/archive/canonical-zip.ts'
import { bytesInMemory } from '../src/verify/byte-source.ts'
import { verdictOf } from '../src/verify/finding.ts'
import { readZip } from '../src/verify/read-zip.ts'
import { verifyPackage } from '../src/verify/verify-package.ts'
import { keys, packageBytes, samplePackage } from './sample-archive.ts'
import { zipOf } from './zip-of.ts'

const stored = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100664,
  compress: false,
  forceDosTimestamp: true,
} as const

async function codesOf(zip: Uint8Array): Promise<string[]> {
  return (await readZip(bytesInMemory(zip))).findings.map(({ code }) => code)
}

async function written(fill: (zip: yazl.ZipFile) => void): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  fill(zip)
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

describe('the canonical form', () => {
  it('is what yazl writes beyond four gigabytes too, in zip64', async () => {
    // yazl is told that it has written so much already; what it writes then is what it would write in earnest.
    const far = 2 ** 32 + 7
    const bytes = randomBytes(20)
    const { Readable } = await import('node:stream')
    const tail = await written((zip) => {
      Object.assign(zip, { outputStreamCursor: far })
      zip.addReadStream(Readable.from([bytes]), 'items/a.bin', stored)
    })
    const entry = { name: 'items/a.bin', size: 20, crc32: crc32(bytes), offset: far }
    const parts = [localHeader(entry.name), bytes, dataDescriptor(entry)]
    const directory = centralRecord(entry)
    const start = far + Buffer.concat(parts).length
    expect(tail).toEqual(Buffer.concat([...parts, directory, endRecords(1, directory.length, start)]))
  })

  it('holds for more files than a plain zip file can count', async () => {
    const files = Array.from({ length: 70_000 }, (_, at) => ({
      name: `items/${at}.bin`,
      bytes: new Uint8Array(0),
    }))
    const zip = zipOf(files)
    const { entries, findings } = await readZip(bytesInMemory(zip))
    expect(findings).toEqual([])
    expect(entries).toHaveLength(70_000)
  })

  it('does not depend on the time zone', async () => {
    const built = new URL('../dist/index.js', import.meta.url).href
    const script = `
      const { writePackage } = await import('${built}')
      const hash = (await import('node:crypto')).createHash('sha256')
      const parts = JSON.parse(process.argv[1])
      const proof = Buffer.from(parts.proof, 'base64')
      for await (const chunk of writePackage({ ...parts, proof, ciphertext: () => undefined })) hash.update(chunk)
      process.stdout.write(hash.digest('hex') + new Date(1980, 0, 1).toISOString())`
    const { manifest, proof } = (await samplePackage()).parts
    const parts = JSON.stringify({ manifest, proof: Buffer.from(proof).toString('base64') })
    const answers = ['Pacific/Kiritimati', 'America/Adak', 'Europe/Berlin'].map((TZ) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script, parts], {
        env: { TZ },
      }).toString(),
    )
    expect(new Set(answers).size).toBe(3)
    expect(new Set(answers.map((answer) => answer.slice(0, 64))).size).toBe(1)
  })
})

describe('hostile zip files', () => {
  it('that are compressed are not unpacked', async () => {
    const bomb = await written((zip) =>
      zip.addBuffer(Buffer.alloc(50_000_000), 'manifest.json', { ...stored, compress: true }),
    )
    expect(bomb.length).toBeLessThan(100_000)
    expect(await codesOf(bomb)).toEqual(['ZIP_NOT_CANONICAL'])
  })

  it('that overlap, leave gaps or lie about sizes are refused', async () => {
    const good = zipOf([
      { name: 'a.bin', bytes: Buffer.from('hello') },
      { name: 'b.bin', bytes: Buffer.from('world') },
    ])
    const directory = good.lastIndexOf(Buffer.from('504b0102', 'hex'))
    async function lieOf(at: number, value: number) {
      const lie = Buffer.from(good)
      lie.writeUInt32LE(value, directory + at)
      return codesOf(lie)
    }
    expect(await lieOf(42, 0)).toEqual(['ZIP_NOT_CANONICAL'])
    expect(await lieOf(42, 10_000)).toEqual(['ZIP_NOT_CANONICAL'])
    expect(await lieOf(20, 4_000_000_000)).toEqual(['ZIP_UNREADABLE'])
    expect(await lieOf(24, 4_000_000_000)).toEqual(['ZIP_UNREADABLE'])
    expect(await lieOf(24, 0)).toEqual(['ZIP_UNREADABLE'])
    const sized = Buffer.from(good)
    sized.writeUInt32LE(4_000_000_000, directory + 20)
    sized.writeUInt32LE(4_000_000_000, directory + 24)
    expect(await codesOf(sized)).toEqual(['ZIP_NOT_CANONICAL'])
    const many = Buffer.from(good)
    many.writeUInt16LE(60_000, many.length - 12)
    expect(await codesOf(many)).toEqual(['ZIP_UNREADABLE'])
  })

  it('with comments, extra fields or encryption are refused', async () => {
    const comment = Buffer.concat([zipOf([{ name: 'a.bin', bytes: Buffer.from('x') }]), Buffer.from('hi')])
    comment.writeUInt16LE(2, comment.length - 4)
    expect(await codesOf(comment)).toEqual(['ZIP_NOT_CANONICAL'])
    const dated = await written((zip) =>
      zip.addBuffer(Buffer.from('x'), 'a.bin', { ...stored, forceDosTimestamp: false }),
    )
    expect(await codesOf(dated)).toEqual(['ZIP_NOT_CANONICAL'])
    const encrypted = zipOf([{ name: 'a.bin', bytes: Buffer.from('x') }])
    encrypted.writeUInt16LE(0x0809, encrypted.indexOf(Buffer.from('504b0102', 'hex')) + 8)
    expect(await codesOf(encrypted)).toEqual(['ZIP_UNREADABLE'])
  })

  it('made of noise and mutations end in findings, never in an exception', async () => {
    const good = await packageBytes((await samplePackage()).parts)
    for (let round = 0; round < 600; round++) {
      let bytes: Buffer
      if (round % 3 === 0) bytes = randomBytes(round)
      else {
        bytes = Buffer.from(good)
        for (let change = 0; change <= round % 13; change++) {
          // Mostly in the directory at the end, where the structure is.
          const from = round % 3 === 1 ? 0 : bytes.length - 700
          const at = from + Math.floor(Math.random() * (bytes.length - from))
          bytes[at] = Math.floor(Math.random() * 256)
        }
        if (round % 5 === 0) bytes = bytes.subarray(Math.floor(Math.random() * 100))
      }
      if (bytes.equals(good)) continue
      expect(verdictOf((await verifyPackage(bytesInMemory(bytes), { trust: { keys } })).findings)).not.toBe(0)
    }
    const noise = deflateRawSync(good)
    expect(verdictOf((await verifyPackage(bytesInMemory(noise), { trust: { keys } })).findings)).toBe(1)
  })
})
