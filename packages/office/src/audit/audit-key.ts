import { createPrivateKey } from 'node:crypto'
import { formatNoteKey, logSigner, type NoteSigner, noteKey, rawPublicKey } from '@buergerdraht/records'
import type { Keys } from '../sealing/keys.ts'

/** PKCS#8 around the 32 bytes of an Ed25519 private key (RFC 8410 section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

export type AuditKey = {
  /** Of the log; unique for each office. */
  readonly origin: string
  readonly signer: NoteSigner
  /** What verifiers are given: `<name>+<key id>+<base64>` (c2sp.org/signed-note). */
  readonly verifierKey: string
}

/** The key that signs checkpoints of this office's audit log. It lies among the data keys, wrapped as they are. */
export async function auditKeyOf(keys: Keys): Promise<AuditKey> {
  const { id, bytes } = await keys.theOne('audit-log')
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, bytes]), format: 'der', type: 'pkcs8' })
  const origin = `buergerdraht/audit/${id}`
  return {
    origin,
    signer: logSigner(origin, privateKey),
    verifierKey: formatNoteKey(noteKey('log', origin, rawPublicKey(privateKey))),
  }
}
