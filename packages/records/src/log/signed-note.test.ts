import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { formatProofFile, parseProofFile } from './inclusion-proof-file.ts'
import { Malformed } from './malformed.ts'
import { emptyRoot } from './merkle-tree.ts'
import {
  cosignedAt,
  formatNoteKey,
  logSigner,
  noteKey,
  parseNoteKey,
  rawPublicKey,
  witnessSigner,
} from './note-key.ts'
import { formatNote, parseNote, signNote, verifyNote } from './signed-note.ts'

// Published with the original description of the format (Go's golang.org/x/mod/sumdb/note).
const publishedKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const publishedNote =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'

// The example of c2sp.org/tlog-cosignature: one signature of the log and one of a witness.
const publishedCheckpoint =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
  '\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
  '\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n'

const pair = generateKeyPairSync('ed25519')
const witnessPair = generateKeyPairSync('ed25519')
const origin = 'buergerdraht.example/archive'
const text = checkpointText({ origin, size: 0, root: emptyRoot(), extensions: [] })

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    return error instanceof Malformed ? error.code : String(error)
  }
}

describe('a signed note', () => {
  it('verifies the published note with the published key', () => {
    const key = parseNoteKey(publishedKey)
    expect(verifyNote(parseNote(Buffer.from(publishedNote)), [key])).toMatchObject({ ok: true })
    expect(formatNoteKey(key)).toBe(publishedKey)
    const changed = parseNote(Buffer.from(publishedNote.replace('answer', 'Answer')))
    expect(verifyNote(changed, [key])).toEqual({ ok: false, reason: 'BAD_SIGNATURE', name: 'PeterNeumann' })
  })

  it('reads and writes the published checkpoint byte by byte', () => {
    const { checkpoint, note } = parseCheckpoint(Buffer.from(publishedCheckpoint))
    expect(checkpoint).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      extensions: [],
    })
    expect(note.signatures.map(({ keyId }) => keyId.toString(16))).toEqual(['33de0ae', '8d66cf3f'])
    expect(cosignedAt(note.signatures[1]?.signature ?? Buffer.alloc(8))).toEqual(
      new Date('2023-03-20T12:25:47Z'),
    )
    expect(formatNote(note)).toBe(publishedCheckpoint)
  })

  it('carries several signatures, and ignores but keeps algorithms it does not know', () => {
    const at = new Date('2026-11-23T02:00:00Z')
    const mlDsa = { name: origin, keyId: 0xdeadbeef, sign: () => Buffer.alloc(2428, 7) }
    const note = signNote({ text, signatures: [] }, [
      logSigner(origin, pair.privateKey),
      mlDsa,
      witnessSigner('revision.example/w1', witnessPair.privateKey, at),
    ])
    const read = parseNote(Buffer.from(formatNote(note)))
    const keys = [
      noteKey('log', origin, rawPublicKey(pair.publicKey)),
      noteKey('witness', 'revision.example/w1', rawPublicKey(witnessPair.publicKey)),
    ]
    const verdict = verifyNote(read, keys)
    expect(read.signatures).toHaveLength(3)
    expect(verdict.ok && verdict.verified.map(({ key }) => key.kind)).toEqual(['log', 'witness'])
    expect(verdict.ok && cosignedAt(verdict.verified[1]?.signature ?? Buffer.alloc(8))).toEqual(at)
    expect(verifyNote(read, [noteKey('log', origin, rawPublicKey(witnessPair.publicKey))])).toMatchObject({
      ok: false,
      reason: 'NO_KNOWN_SIGNATURE',
    })
  })

  it('does not take a cosignature for a signature of the log or the other way round', () => {
    const asLog = noteKey('log', 'x', rawPublicKey(pair.publicKey))
    const asWitness = noteKey('witness', 'x', rawPublicKey(pair.publicKey))
    const cosigned = witnessSigner('x', pair.privateKey, new Date(0)).sign(text)
    expect(asLog.keyId).not.toBe(asWitness.keyId)
    expect(asWitness.verify(text, cosigned)).toBe(true)
    expect(asLog.verify(text, cosigned)).toBe(false)
    expect(asWitness.verify(text, logSigner('x', pair.privateKey).sign(text))).toBe(false)
  })

  it('refuses other spellings', () => {
    const good = formatNote(signNote({ text, signatures: [] }, [logSigner(origin, pair.privateKey)]))
    const spellings = [
      good.slice(0, -1),
      good.replace('\u2014', '-'),
      good.replace(' buerger', '  buerger'),
      `${good}\n`,
      good.replace('\n\n', '\n'),
      good.replace('\n', '\r\n'),
      good.replace(/.\n$/, '\n'),
      '',
      text,
    ]
    for (const spelling of spellings)
      expect(codeOf(() => parseNote(Buffer.from(spelling)))).toBe('NOTE_MALFORMED')
    expect(codeOf(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a)))).toBe('NOTE_MALFORMED')
    expect(codeOf(() => parseNote(Buffer.alloc(1_000_001, 0x61)))).toBe('NOTE_MALFORMED')
  })

  it('refuses keys that are not theirs', () => {
    const key = formatNoteKey(noteKey('log', origin, rawPublicKey(pair.publicKey)))
    for (const bad of [
      key.replace(/\+.{8}\+/, '+00000000+'),
      key.replace(/\+A./, '+Bg'),
      key.slice(0, -4),
      key.replace(origin, `${origin}x`),
      'nonsense',
      '',
    ]) {
      expect(codeOf(() => parseNoteKey(bad))).toBe('KEY_MALFORMED')
    }
    expect(codeOf(() => noteKey('log', 'a b', rawPublicKey(pair.publicKey)))).toBe('KEY_MALFORMED')
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(codeOf(() => logSigner('x', rsa.privateKey))).toBe('KEY_MALFORMED')
  })
})

describe('a checkpoint', () => {
  it('refuses sizes, roots and lines that are not canonical', () => {
    const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
    for (const body of [
      `o\n01\n${root}\n`,
      `o\n-1\n${root}\n`,
      `o\n1\n${root.slice(4)}\n`,
      `o\n1\n`,
      `\n1\n${root}\n`,
      `o\n99999999999999999\n${root}\n`,
      `o\n9999999999999999\n${root}\n`,
      `o\n1\n${root}\n\nx\n`,
      `o\n1\n${root.replace('2I', '2J')}\n`,
    ]) {
      const note = signNote({ text: body, signatures: [] }, [logSigner('o', pair.privateKey)])
      expect(codeOf(() => parseCheckpoint(Buffer.from(formatNote(note))))).toBe('CHECKPOINT_MALFORMED')
    }
    expect(codeOf(() => checkpointText({ origin: '', size: 0, root: emptyRoot(), extensions: [] }))).toBe(
      'CHECKPOINT_MALFORMED',
    )
  })
})

describe('a proof file', () => {
  const checkpoint = Buffer.from(publishedCheckpoint)

  it('is read as it was written', () => {
    for (const file of [
      { index: 0, proof: [], checkpoint },
      { index: 73894, proof: [emptyRoot(), emptyRoot()], checkpoint, extra: Buffer.from('x') },
    ]) {
      const bytes = formatProofFile(file)
      expect(formatProofFile(parseProofFile(bytes))).toEqual(bytes)
    }
  })

  it('refuses what is malformed', () => {
    const good = Buffer.from(formatProofFile({ index: 7, proof: [emptyRoot()], checkpoint })).toString()
    for (const bad of [
      '',
      good.replace('@v1', '@v2'),
      good.replace('index 7', 'index 07'),
      good.replace('index 7', 'index -7'),
      good.replace('47DE', '47D'),
      good.replace('index', 'extra !\nindex'),
      good.split('\n\n')[0] ?? '',
    ]) {
      expect(codeOf(() => parseProofFile(Buffer.from(bad)))).toBe('PROOF_MALFORMED')
    }
  })
})
