import { createPrivateKey, type KeyObject } from 'node:crypto'
import {
  formatNoteKey,
  logSigner,
  type NoteSigner,
  noteKey,
  rawPublicKey,
  witnessSigner,
} from '@buergerdraht/records'
import type { Keys, LogPurpose } from './keys.ts'

/** PKCS#8 around the 32 bytes of an Ed25519 private key (RFC 8410 section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export type LogKey = {
  /** Of the log; unique for each office. */
  readonly origin: string
  readonly signer: NoteSigner
  /** What verifiers are given: `<name>+<key id>+<base64>` (c2sp.org/signed-note). */
  readonly verifierKey: string
}

const names = {
  'audit-log': 'audit',
  'deletion-ledger': 'ledger',
  'archive-log': 'archive',
} as const satisfies Record<LogPurpose, string>

function privateKeyOf(bytes: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8, bytes]), format: 'der', type: 'pkcs8' })
}

/** The key that signs checkpoints of one of this office's logs. It lies among the data keys, wrapped as they are. */
export async function logKeyOf(keys: Pick<Keys, 'theOne'>, purpose: LogPurpose): Promise<LogKey> {
  const { id, bytes } = await keys.theOne(purpose)
  const privateKey = privateKeyOf(bytes)
  const origin = `buergerdraht/${names[purpose]}/${id}`
  return {
    origin,
    signer: logSigner(origin, privateKey),
    verifierKey: formatNoteKey(noteKey('log', origin, rawPublicKey(privateKey))),
  }
}

export type WitnessKey = {
  /** Cosigns as of a moment: only what a witness may (`judgeWitnessRequest`). */
  signerAt(at: Date): NoteSigner
  /** What those are given who let this office witness their logs. */
  readonly verifierKey: string
}

/** The key by which this office cosigns checkpoints of other offices' logs (c2sp.org/tlog-cosignature). Another than those of its logs. */
export async function witnessKeyOf(keys: Pick<Keys, 'theOne'>): Promise<WitnessKey> {
  const { id, bytes } = await keys.theOne('witness')
  const privateKey = privateKeyOf(bytes)
  const name = `buergerdraht/witness/${id}`
  return {
    signerAt: (at) => witnessSigner(name, privateKey, at),
    verifierKey: formatNoteKey(noteKey('witness', name, rawPublicKey(privateKey))),
  }
}
