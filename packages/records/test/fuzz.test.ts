import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseErasure, parseManifest } from '../src/archive/manifest.ts'
import { verifyEvidence } from '../src/evidence/verify-evidence.ts'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { NotDer, requireDer } from '../src/time/der.ts'
import { bytesInMemory } from '../src/verify/byte-source.ts'
import { checkCheckpoint, checkProof } from '../src/verify/check-checkpoint.ts'
import { checkResponse } from '../src/verify/check-time.ts'
import { verdictOf } from '../src/verify/finding.ts'
import { verifyLedger } from '../src/verify/verify-ledger.ts'
import { verifyPackage } from '../src/verify/verify-package.ts'
import { keys } from './sample-archive.ts'
import { filesOf } from './zip-of.ts'

const folder = fileURLToPath(new URL('../vectors/', import.meta.url))
function all(path: string): Uint8Array[] {
  return readdirSync(`${folder}${path}`).flatMap((name) =>
    statSync(`${folder}${path}/${name}`).isDirectory()
      ? all(`${path}/${name}`)
      : [readFileSync(`${folder}${path}/${name}`)],
  )
}
const corpus = [...all('packages'), ...all('ledgers'), ...all('checkpoints'), ...all('proofs').slice(0, 20)]
const inside = (await Promise.all(all('packages/valid').map(filesOf))).flat().map(({ bytes }) => bytes)
const roots = parseCertificatesPem(readFileSync(`${folder}packages/tsa-root.pem`, 'utf8'))
const trust = { keys, witnesses: 1, roots: [] }

/** Known files, mutated: bytes changed, doubled, cut out, or two files spliced. And plain noise. */
const seeds = fc.constantFrom(...corpus, ...inside)
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.tuple(seeds, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 })).map(([seed, changes]) => {
    const bytes = Uint8Array.from(seed)
    for (const [at, value] of changes) bytes[at % Math.max(1, bytes.length)] = value
    return bytes
  }),
  fc
    .tuple(seeds, fc.nat(), seeds, fc.nat())
    .map(([one, at, other, from]) =>
      Buffer.concat([one.subarray(0, at % (one.length + 1)), other.subarray(from % (other.length + 1))]),
    ),
  // Deeply nested and endlessly long values of ASN.1.
  fc
    .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0x24), fc.nat(3000))
    .map(([tag, depth]) => Buffer.alloc(depth * 2, Uint8Array.of(tag, 0x80))),
  fc
    .tuple(fc.constantFrom(0x30, 0x04), fc.uint8Array({ minLength: 4, maxLength: 4 }))
    .map(([tag, length]) => Buffer.concat([Uint8Array.of(tag, 0x84), length])),
)

describe('hostile bytes end in an answer', () => {
  it('everywhere where bytes come in', async () => {
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(hostile, async (bytes) => {
        expect(Array.isArray((await verifyPackage(bytesInMemory(bytes), { trust })).findings)).toBe(true)
        const files = {
          log: bytesInMemory(bytes),
          checkpoints: [{ name: 'x', bytes, timeStamp: bytes }],
          segments: [
            {
              month: '2026-11',
              open: async () => ({ ...bytesInMemory(bytes), close: async () => undefined }),
            },
          ],
        }
        expect(Array.isArray((await verifyLedger(files, trust)).findings)).toBe(true)
        expect(Array.isArray(checkCheckpoint(bytes, trust, 'x').findings)).toBe(true)
        expect(Array.isArray(checkProof(bytes, bytes, trust, 'x').findings)).toBe(true)
        // Indeterminate: of an algorithm that nobody knows, nobody can say that it proves nothing.
        const { findings } = checkResponse(bytes, { name: 'x', bytes }, { ...trust, roots }, 'x')
        expect(verdictOf(findings)).not.toBe(0)
        expect(checkTimeStamp(bytes, { roots: [], digestOf: () => bytes }).ok).toBe(false)
        expect(verifyEvidence(bytes, { hashesOf: () => [bytes], roots: [] }).ok).toBe(false)
        expect([parseManifest(bytes).ok, parseErasure(bytes).ok].filter(Boolean).length).toBeLessThan(2)
        try {
          expect(requireDer(bytes).raw).toEqual(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(NotDer)
        }
      }),
      { numRuns: 1500 },
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000)
  })
})
