import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { formatLogLine, type LogRecord } from '../src/log/log-line.ts'
import { formatNoteKey } from '../src/log/note-key.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { type ByteSource, bytesInMemory } from '../src/verify/byte-source.ts'
import { verdictOf } from '../src/verify/finding.ts'
import type { FindingCode } from '../src/verify/finding-code.ts'
import { openLedgerFolder } from '../src/verify/open-ledger-folder.ts'
import { type LedgerFolder, verifyLedger } from '../src/verify/verify-ledger.ts'
import { verifyPackage } from '../src/verify/verify-package.ts'
import {
  archiveKey,
  archiveOrigin,
  archivePrivateKey,
  keyDestroyed,
  keys,
  ledgerKey,
  ledgerOrigin,
  ledgerPrivateKey,
  ledgerRecord,
  memoryLog,
  packageBytes,
  type Sample,
  type SampleLedger,
  sampleLedger,
  samplePackage,
  seededKey,
  signedCheckpoint,
  tombOf,
} from './sample-archive.ts'

let sample: Sample
let ledger: SampleLedger
let erased: string
let records: LogRecord[]

beforeAll(async () => {
  sample = await samplePackage()
  erased = sample.manifest.items[2]?.id ?? ''
  ledger = await sampleLedger(erased)
  records = ledger.log.records
})

function text(lines: readonly LogRecord[]) {
  return Buffer.from(lines.map((record, index) => formatLogLine(index, record)).join(''))
}

function segmentFile(source: ByteSource): LedgerFolder['segments'][number] {
  return { month: '2026-11', open: async () => ({ ...source, close: async () => undefined }) }
}

function folder(
  change: { log?: Uint8Array; checkpoints?: Uint8Array[]; segment?: Uint8Array | undefined } = {},
): LedgerFolder {
  const segment = 'segment' in change ? change.segment : ledger.segment
  return {
    log: bytesInMemory(change.log ?? text(records)),
    checkpoints: (change.checkpoints ?? [ledger.checkpoint]).map((bytes, at) => ({
      name: `checkpoints/${at}.txt`,
      bytes,
    })),
    segments: segment === undefined ? [] : [segmentFile(bytesInMemory(segment))],
  }
}

const trust = { keys }
const root = new URL('../vectors/ledgers/tsa-root.pem', import.meta.url)

async function codes(change: Parameters<typeof folder>[0], given = trust): Promise<FindingCode[]> {
  const { findings } = await verifyLedger(folder(change), given)
  return [...new Set(findings.filter(({ severity }) => severity !== 'notice').map(({ code }) => code))]
}

describe('a ledger', () => {
  it('is valid against its checkpoints, old and new', async () => {
    const early = memoryLog()
    await early.append(records.slice(0, 3))
    const checkpoints = [signedCheckpoint(early, ledgerOrigin, ledgerPrivateKey), ledger.checkpoint]
    const { findings } = await verifyLedger(folder({ checkpoints }), trust)
    expect(findings.map(({ code }) => code)).toEqual([
      'CHECKPOINT_COSIGNED',
      'CHECKPOINT_COSIGNED',
      'LEDGER_AGREES',
    ])
  })

  it('says how far it is covered, and that a torn line was never acknowledged', async () => {
    const early = memoryLog()
    await early.append(records.slice(0, 3))
    const log = Buffer.concat([text(records), Buffer.from('7 ab')])
    const given = folder({ log, checkpoints: [signedCheckpoint(early, ledgerOrigin, ledgerPrivateKey)] })
    const { findings, erasedInLedger } = await verifyLedger(given, trust)
    expect(verdictOf(findings)).toBe(0)
    expect(findings.map(({ code }) => code)).toEqual([
      'CHECKPOINT_COSIGNED',
      'LEDGER_TORN',
      'LEDGER_AGREES',
      'LEDGER_BEYOND_CHECKPOINT',
      'TOMBSTONES_UNEXPLAINED',
    ])
    expect(erasedInLedger(erased)).toEqual({ rule: 'LR-DA03@1', on: '2026-11-24', seq: 2 })
  })

  it('keeps its tree when the text of an entry is pruned', async () => {
    const pruned = records.map(({ leaf }, at) => (at === 4 ? { leaf } : (records[at] ?? { leaf })))
    const { findings } = await verifyLedger(folder({ log: text(pruned) }), trust)
    expect(verdictOf(findings)).toBe(0)
    expect(findings.map(({ code }) => code)).toContain('LEDGER_ENTRY_PRUNED')
  })

  it('explains an erased item of a package; without it the item is MISSING', async () => {
    const answer = await verifyLedger(folder(), trust)
    const parts = {
      ...sample.parts,
      ciphertext: (item: { id: string }) =>
        item.id === erased ? undefined : [sample.ciphertexts.get(item.id) ?? Buffer.alloc(0)],
    }
    const source = bytesInMemory(await packageBytes(parts))
    const { findings: withLedger } = await verifyPackage(source, { trust, ledger: answer })
    expect(withLedger.find(({ code }) => code === 'ITEM_ERASED')?.detail).toBe('LR-DA03@1, 2026-11-24, 2')
    expect(verdictOf(withLedger)).toBe(0)
    const { findings: without } = await verifyPackage(source, { trust })
    expect(without.map(({ code }) => code)).toContain('ITEM_MISSING')
    // The archive's own log explains nothing that is missing from the archive.
    const { findings: itself } = await verifyPackage(source, {
      trust,
      ledger: { ...answer, origin: archiveOrigin },
    })
    expect(itself.map(({ code }) => code)).toContain('ITEM_MISSING')
    // The segment has been destroyed since: the ledger alone explains nothing about single objects.
    const later = await verifyLedger(folder({ segment: undefined }), trust)
    expect(later.erasedInLedger(erased)).toBeUndefined()
    expect(verdictOf(later.findings)).toBe(0)
  })
})

describe('tampering with a ledger is found', () => {
  it('whichever byte of the log is changed', async () => {
    const whole = text(records)
    for (let at = 0; at < whole.length; at += at % 100 < 40 ? 1 : 9) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(`${at} ${(await codes({ log: changed })).slice(0, 1)}`).toBe(`${at} LEDGER_DAMAGED`)
    }
  })

  it('whatever JSON stands in a line, as damage and not as an exception', async () => {
    const leaf = Buffer.alloc(32).toString('base64')
    const deep = `${'['.repeat(9000)}${']'.repeat(9000)}`
    for (const entry of ['1e400', '-0', '"\\ud800"', deep, '{"a":1,"a":2}', '{ }']) {
      const json = `{"entry":${entry},"leaf":"${leaf}","salt":"${leaf}"}`
      const checksum = crc32(Buffer.from(`0 ${json}`))
        .toString(16)
        .padStart(8, '0')
      expect((await codes({ log: Buffer.from(`0 ${checksum} ${json}\n`) }))[0]).toBe('LEDGER_DAMAGED')
    }
  })

  // With every line number and checksum repaired.
  it('whichever record is dropped, doubled, moved or cut off', async () => {
    for (let at = 0; at < records.length; at++) {
      const dropped = records.toSpliced(at, 1)
      expect(await codes({ log: text(dropped) })).toContain('LEDGER_SHORT')
      const doubled = records.toSpliced(at, 0, ...records.slice(at, at + 1))
      expect(await codes({ log: text(doubled) })).toContain(
        // Behind the last checkpoint only the entry's own number tells.
        at === 6 ? 'LEDGER_ENTRY_REFUSED' : 'LEDGER_ROOT_DIFFERS',
      )
      const bare = doubled.map(({ leaf }) => ({ leaf }))
      expect(await codes({ log: text(bare) })).toEqual(
        at === 6 ? [] : ['LEDGER_ROOT_DIFFERS', 'LEDGER_WITHOUT_CHECKPOINT'],
      )
      const [record] = records.slice(at, at + 1)
      if (record === undefined || at === 0) continue
      const moved = records.toSpliced(at, 1).toSpliced(at - 1, 0, record)
      expect(await codes({ log: text(moved) })).toEqual([
        'LEDGER_ENTRY_REFUSED',
        'LEDGER_ROOT_DIFFERS',
        'LEDGER_WITHOUT_CHECKPOINT',
      ])
      expect(await codes({ log: text(records.slice(0, at)) })).toContain('LEDGER_SHORT')
    }
    expect(await codes({ log: Buffer.alloc(0) })).toContain('LEDGER_SHORT')
  })

  it('when an entry is changed, with and without its leaf', async () => {
    const other = ledgerRecord(keyDestroyed(3, 'LR-DA03@2'), ledger.ids[3] ?? '')
    const [third] = records.slice(3, 4)
    if (third === undefined || other.opening === undefined) throw new Error('The sample is too small')
    const textOnly = records.toSpliced(3, 1, { leaf: third.leaf, opening: other.opening })
    expect(await codes({ log: text(textOnly) })).toEqual(['LEDGER_ENTRY_CHANGED'])
    const leafToo = records.toSpliced(3, 1, other)
    expect(await codes({ log: text(leafToo) })).toEqual(['LEDGER_ROOT_DIFFERS', 'LEDGER_WITHOUT_CHECKPOINT'])
    const smuggled = {
      leaf: third.leaf,
      opening: {
        salt: third.opening?.salt ?? Buffer.alloc(32),
        entry: { ...keyDestroyed(3), note: 'Erika' },
      },
    }
    const { findings } = await verifyLedger(folder({ log: text(records.toSpliced(3, 1, smuggled)) }), trust)
    expect(findings.map(({ code }) => code)).toContain('LEDGER_ENTRY_REFUSED')
    expect(JSON.stringify(findings)).not.toContain('Erika')
  })

  it('when checkpoints are missing, foreign, forged or of a fork', async () => {
    expect(await codes({ checkpoints: [] })).toEqual(['LEDGER_WITHOUT_CHECKPOINT'])
    const thief = signedCheckpoint(ledger.log, ledgerOrigin, seededKey('thief'))
    expect(await codes({ checkpoints: [thief] })).toEqual([
      'CHECKPOINT_UNKNOWN_KEY',
      'LEDGER_WITHOUT_CHECKPOINT',
    ])
    const flipped = Buffer.from(ledger.checkpoint.toString().replace('\n7\n', '\n6\n'))
    expect(await codes({ checkpoints: [flipped] })).toEqual([
      'CHECKPOINT_SIGNATURE',
      'LEDGER_WITHOUT_CHECKPOINT',
    ])
    expect(await codes({ checkpoints: [Buffer.from('hello')] })).toEqual([
      'CHECKPOINT_MALFORMED',
      'LEDGER_WITHOUT_CHECKPOINT',
    ])
    const fork = memoryLog()
    await fork.append(
      records.toSpliced(2, 1, ledgerRecord(keyDestroyed(2, 'LR-DA03@9'), ledger.ids[2] ?? '')),
    )
    const forked = signedCheckpoint(fork, ledgerOrigin, ledgerPrivateKey)
    expect(await codes({ checkpoints: [ledger.checkpoint, forked] })).toEqual(['LEDGER_ROOT_DIFFERS'])
    const otherLog = signedCheckpoint(ledger.log, archiveOrigin, archivePrivateKey)
    expect(await codes({ checkpoints: [ledger.checkpoint, otherLog] })).toEqual(['LEDGER_ROOT_DIFFERS'])
    expect(await codes({}, { keys: [archiveKey] })).toEqual([
      'CHECKPOINT_UNKNOWN_KEY',
      'LEDGER_WITHOUT_CHECKPOINT',
    ])
    expect(formatNoteKey(ledgerKey)).toContain(ledgerOrigin)
  })

  it('when tombstones are cut off, of another month, or not tombstones', async () => {
    expect(await codes({ segment: ledger.segment.subarray(0, -1) })).toEqual(['TOMBSTONES_MALFORMED'])
    expect(await codes({ segment: ledger.segment.subarray(0, -32) })).toEqual(['TOMBSTONES_SHORT'])
    const other = Buffer.from(
      Buffer.from(ledger.segment).toString('latin1').replace('2026-11', '2037-02'),
      'latin1',
    )
    expect(await codes({ segment: other })).toEqual(['TOMBSTONES_MALFORMED'])
  })

  it('when a tombstone or the secret of a segment is exchanged, whichever byte', async () => {
    const header = 'bc-tombstones-v1 2026-11\n'.length
    for (let at = header; at < ledger.segment.length; at += 7) {
      const changed = Buffer.from(ledger.segment)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(`${at} ${await codes({ segment: changed })}`).toBe(`${at} TOMBSTONES_CHANGED`)
    }
  })

  it('when somebody appends the tombstone of an item to have its loss explained', async () => {
    const [item] = sample.manifest.items
    const added = Buffer.concat([ledger.segment, tombOf(item?.id ?? '')])
    const { findings, erasedInLedger } = await verifyLedger(folder({ segment: added }), trust)
    expect(findings.map(({ code }) => code)).toContain('TOMBSTONES_UNEXPLAINED')
    expect(erasedInLedger(item?.id ?? '')).toBeUndefined()
    expect(erasedInLedger(erased)).toEqual({ rule: 'LR-DA03@1', on: '2026-11-24', seq: 2 })
  })
})

describe('whoever can write to the folder cannot make its verifier read', () => {
  const huge = 1_900_000_000

  it('tombstones that no entry speaks of', async () => {
    let read = 0
    const bytes = ledger.segment
    const source: ByteSource = {
      size: bytes.length + huge - (huge % 32),
      read: async (position, length) => {
        read += length
        return bytes.subarray(position, position + length)
      },
    }
    const { findings } = await verifyLedger({ ...folder(), segments: [segmentFile(source)] }, trust)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(findings.find(({ code }) => code === 'TOMBSTONES_UNEXPLAINED')?.detail).toBe(`${huge / 32}`)
    expect(read).toBeLessThan(4 * bytes.length)
  })

  it('checkpoints and time stamps longer than any can be', async () => {
    const path = await mkdtemp(join(tmpdir(), 'ledger-'))
    try {
      await mkdir(join(path, 'checkpoints'))
      await writeFile(join(path, 'log'), text(records))
      await writeFile(join(path, 'checkpoints/3.txt'), ledger.checkpoint)
      for (const name of ['checkpoints/4.txt', 'checkpoints/3.tsr']) {
        await writeFile(join(path, name), '')
        await truncate(join(path, name), huge)
      }
      const opened = await openLedgerFolder(path)
      const lengths = opened.checkpoints.flatMap(({ bytes, timeStamp }) => [
        bytes.length,
        timeStamp?.length ?? 0,
      ])
      expect(lengths).toEqual([ledger.checkpoint.length, (1 << 20) + 1, (1 << 20) + 1, 0])
      const { findings } = await verifyLedger(opened, {
        ...trust,
        roots: parseCertificatesPem(await readFile(root, 'utf8')),
      })
      await opened.close()
      const errors = findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)
      expect(errors.sort()).toEqual(['CHECKPOINT_MALFORMED', 'TIME_STAMP_UNREADABLE'])
    } finally {
      await rm(path, { recursive: true })
    }
  })
})
