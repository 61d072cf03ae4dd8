import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bytesFromBase64 } from '../src/log/base64.ts'
import { verifyConsistency, verifyInclusion } from '../src/log/merkle-proof.ts'
import { leafHash } from '../src/log/merkle-tree.ts'
import { parseNoteKey } from '../src/log/note-key.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { bytesInMemory } from '../src/verify/byte-source.ts'
import { checkCheckpoint, checkProof } from '../src/verify/check-checkpoint.ts'
import { sentences } from '../src/verify/finding-sentences.ts'
import { openLedgerFolder } from '../src/verify/open-ledger-folder.ts'
import type { Trust } from '../src/verify/trust.ts'
import { verifyLedger } from '../src/verify/verify-ledger.ts'
import { verifyPackage } from '../src/verify/verify-package.ts'
import { calendarWith, timeVectors } from './time-vectors.ts'
import { cases, codesOf, compare, expectedOf, readVector, vectorFolder } from './vector-cases.ts'

const given = z.strictObject({ keys: z.array(z.string()), witnesses: z.number(), on: z.string() })

function json(path: string): unknown {
  return JSON.parse(readVector(path).toString())
}

function trustOf(kind: string, path: string): Trust {
  const { keys, witnesses, on } = given.parse(json(`${kind}/trust.json`))
  const changed = expectedOf(path).with ?? {}
  const roots = parseCertificatesPem(readVector(`${kind}/tsa-root.pem`).toString())
  return {
    keys: keys.map(parseNoteKey),
    witnesses: changed.witnesses ?? witnesses,
    on: new Date(changed.on ?? on),
    roots: changed.roots === false ? [] : roots,
    requireTimeStamp: changed.requireTimeStamp ?? false,
    calendar: calendarWith(changed.lastDays ?? {}),
  }
}

function itemKeysOf(path: string): { itemKeys?: Map<string, Uint8Array> } {
  const keys = expectedOf(path).with?.itemKeys
  if (keys === undefined) return {}
  return { itemKeys: new Map(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key, 'base64')])) }
}

describe('vectors', () => {
  it.each(cases('packages', '.zip'))('%s', async (path, side) => {
    const { findings } = await verifyPackage(bytesInMemory(readVector(`${path}.zip`)), {
      trust: trustOf('packages', path),
      ...itemKeysOf(path),
    })
    compare(findings, path, side)
  })

  it.each(cases('ledgers', '.json'))('%s', async (path, side) => {
    const ledger = await openLedgerFolder(`${vectorFolder}${path}`)
    const { findings } = await verifyLedger(ledger, trustOf('ledgers', path))
    await ledger.close()
    compare(findings, path, side)
  })

  it.each(cases('checkpoints', '.txt'))('%s', (path, side) => {
    const { keys = [], witnesses = 0 } = expectedOf(path)
    compare(
      checkCheckpoint(readVector(`${path}.txt`), { keys: keys.map(parseNoteKey), witnesses }, path).findings,
      path,
      side,
    )
  })

  const hash = z.string().transform((text) => bytesFromBase64(text) ?? new Uint8Array(0))
  const proofCase = z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('inclusion'),
      data: z.string(),
      index: z.number(),
      size: z.number(),
      proof: z.array(hash),
      root: hash,
    }),
    z.object({
      kind: z.literal('consistency'),
      first: z.number(),
      second: z.number(),
      firstRoot: hash,
      secondRoot: hash,
      proof: z.array(hash),
    }),
    z.object({
      kind: z.literal('file'),
      keys: z.array(z.string()),
      data: z.string(),
      code: z.string().optional(),
    }),
  ])
  it.each(cases('proofs', '.json'))('%s', (path, side) => {
    const isValid = side === 'valid'
    const one = proofCase.parse(json(`${path}.json`))
    if (one.kind === 'file') {
      const { findings } = checkProof(
        readVector(path),
        Buffer.from(one.data, 'hex'),
        { keys: one.keys.map(parseNoteKey) },
        path,
      )
      expect(codesOf(findings)).toEqual(
        isValid ? ['CHECKPOINT_COSIGNED'] : expect.arrayContaining([one.code]),
      )
      return
    }
    const holds =
      one.kind === 'inclusion'
        ? verifyInclusion(leafHash(Buffer.from(one.data, 'hex')), one.index, one.size, one.proof, one.root)
        : verifyConsistency(one.first, one.firstRoot, one.second, one.secondRoot, one.proof)
    expect(holds).toBe(isValid)
  })

  it('teach every code that a verification can give', () => {
    const listed = [
      ...['packages', 'ledgers', 'checkpoints'].flatMap((kind) => cases(kind, '.json')),
    ].flatMap(([path]) => expectedOf(path).codes)
    const ofProofs = cases('proofs', '.json').flatMap(([path]) => proofCase.parse(json(`${path}.json`)))
    const codes = new Set([
      ...listed,
      ...ofProofs.flatMap((one) => ('code' in one && one.code !== undefined ? [one.code] : [])),
      ...[...timeVectors('time-stamps'), ...timeVectors('evidence-records')].flatMap(({ codes }) => codes),
    ])
    // Only whoever asks for a time stamp can meet these, and only a page in a browser (`page-cryptography.test.ts`).
    const ofRequests = ['TIME_STAMP_NONCE', 'TIME_STAMP_POLICY', 'TIME_STAMP_UNREACHABLE']
    const ofPages = ['TIME_STAMP_NOT_HERE', 'EVIDENCE_NOT_HERE']
    for (const code of [...ofRequests, ...ofPages]) codes.add(code)
    expect(Object.keys(sentences).filter((code) => !codes.has(code))).toEqual([])
  })

  it('are enough: every kind has cases of both sorts', () => {
    for (const [kind, ending] of [
      ['packages', '.zip'],
      ['ledgers', '.json'],
      ['checkpoints', '.txt'],
      ['proofs', '.json'],
    ] as const) {
      const sorts = cases(kind, ending).map(([, side]) => side === 'valid')
      expect([kind, sorts.filter(Boolean).length >= 3, sorts.filter((each) => !each).length >= 10]).toEqual([
        kind,
        true,
        true,
      ])
    }
  })
})
