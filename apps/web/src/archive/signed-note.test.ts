import { generateKeyPairSync } from 'node:crypto'
import { formatNote, formatNoteKey, logSigner, noteKey, rawPublicKey, signNote } from '@buergerdraht/records'
import { describe, expect, test } from 'vitest'
import { headOf, isSigned } from './signed-note.ts'

const name = 'buergerdraht/archive/1'
const { privateKey } = generateKeyPairSync('ed25519')
const root = Buffer.alloc(32, 7)
const text = `${name}\n40\n${root.toString('base64')}\n`
const note = formatNote(signNote({ text, signatures: [] }, [logSigner(name, privateKey)]))
const key = formatNoteKey(noteKey('log', name, rawPublicKey(privateKey)))

describe('a checkpoint', () => {
  test('says whose it is, of how many and what root', () => {
    expect(headOf(note)).toEqual({ origin: name, size: 40, root: new Uint8Array(root) })
    for (const none of [
      '',
      'x',
      `${name}\n040\n${root.toString('base64')}\n`,
      `${name}\n40\nAAAA\n`,
      `\n40\n`,
    ])
      expect(headOf(none)).toBe(null)
  })

  test('is signed by the key that it is signed by, and by no other', async () => {
    expect(await isSigned(note, key)).toBe(true)
    expect(await isSigned(note.replace('\n40\n', '\n41\n'), key)).toBe(false)
    const { privateKey: other } = generateKeyPairSync('ed25519')
    expect(await isSigned(note, formatNoteKey(noteKey('log', name, rawPublicKey(other))))).toBe(false)
    expect(await isSigned(text, key)).toBe(false)
    expect(await isSigned(note, '')).toBe(false)
  })

  test('is signed also where an older key of the same name has signed it first', async () => {
    const { privateKey: older } = generateKeyPairSync('ed25519')
    const both = [logSigner(name, older), logSigner(name, privateKey)]
    expect(await isSigned(formatNote(signNote({ text, signatures: [] }, both)), key)).toBe(true)
  })

  test('is signed also where others have signed it, and where the key has a plus sign', async () => {
    for (let found = 0, tried = 0; found < 3 && tried < 400; tried += 1) {
      const { privateKey: one } = generateKeyPairSync('ed25519')
      const its = formatNoteKey(noteKey('log', name, rawPublicKey(one)))
      if (its.split('+').length < 4) continue
      found += 1
      const twice = formatNote(
        signNote({ text, signatures: [] }, [logSigner('a/witness', privateKey), logSigner(name, one)]),
      )
      expect(await isSigned(twice, its)).toBe(true)
    }
  })
})
